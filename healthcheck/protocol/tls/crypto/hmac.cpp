#include "healthcheck/protocol/tls/crypto/hmac.hpp"

#include <algorithm>

namespace healthcheck::tls {

namespace {

// Begins the inner or the outer hash with the key, filled up with zeros to a block, and combined with `pad`.
[[gnu::noinline]] void begin(Sha2& hash, const HmacKey& key, unsigned pad) {
  hash.start(key.hash);
  for (std::size_t i = 0; i < block_size(key.hash); ++i)
    hash.put(static_cast<std::uint8_t>((i < key.bytes.size() ? key.bytes[i] : 0) ^ pad));
}

}  // namespace

// RFC 2104 §2. A key that is longer than a block is hashed. TLS has no such key, but the test vectors have.
Digest hmac(const HmacKey& key, std::span<const Bytes> message) {
  Sha2 hash{key.hash};
  if (key.bytes.size() > block_size(key.hash)) {
    hash.update(key.bytes);
    return hmac(hash.digest(), message);
  }
  begin(hash, key, 0x36);
  for (Bytes part : message) hash.update(part);
  Digest inner = hash.digest();
  begin(hash, key, 0x5c);
  hash.update(inner.bytes());
  return hash.digest();
}

void hkdf_expand_label(const HmacKey& secret, std::string_view label, Bytes context, MutableBytes out) {
  constexpr std::string_view prefix = "tls13 ";
  // The structure HkdfLabel: a length of two bytes, and two strings with lengths of one byte. Then the number
  // of the first block (RFC 5869 §2.3).
  const std::uint8_t size[] = {static_cast<std::uint8_t>(out.size() >> 8),
                               static_cast<std::uint8_t>(out.size()),
                               static_cast<std::uint8_t>(prefix.size() + label.size())};
  const std::uint8_t context_size[] = {static_cast<std::uint8_t>(context.size())};
  constexpr std::uint8_t first_block[] = {1};
  Digest block = hmac(secret, {size, as_bytes(prefix), as_bytes(label), context_size, context, first_block});
  std::ranges::copy(block.bytes().first(out.size()), out.begin());
}

void prf(const HmacKey& secret, std::string_view label, Bytes seed, MutableBytes out) {
  // A(0) is the label and the seed, A(1) is HMAC(secret, A(0)), and so on. Each of them but A(0) gives the
  // part HMAC(secret, A(i) || A(0)).
  Bytes message[] = {{}, as_bytes(label), seed};
  Digest a = hmac(secret, message);
  while (!out.empty()) {
    message[0] = a.bytes();
    Digest part = hmac(secret, message);
    std::size_t size = std::min(out.size(), digest_size(secret.hash));
    std::ranges::copy(part.bytes().first(size), out.begin());
    out = out.subspan(size);
    a = hmac(secret, a.bytes());
  }
}

}  // namespace healthcheck::tls

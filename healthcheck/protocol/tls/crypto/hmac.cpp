#include "healthcheck/protocol/tls/crypto/hmac.hpp"

#include <algorithm>

namespace healthcheck::tls {

// RFC 2104 §2. A key that is longer than a block is hashed. TLS has no such key, but the test vectors have.
Digest hmac(const HmacKey& key, std::initializer_list<Bytes> message) {
  std::array<std::uint8_t, block_size(Hash::Sha384)> block{};
  Sha2 hash{key.hash};
  if (key.bytes.size() > block_size(key.hash)) {
    hash.update(key.bytes);
    std::ranges::copy(hash.digest().bytes(), block.begin());
    hash.start(key.hash);
  } else {
    std::ranges::copy(key.bytes, block.begin());
  }
  Bytes padded{block.data(), block_size(key.hash)};
  for (std::uint8_t& byte : block) byte ^= 0x36;
  hash.update(padded);
  for (Bytes part : message) hash.update(part);
  Digest inner = hash.digest();
  hash.start(key.hash);
  for (std::uint8_t& byte : block) byte ^= 0x36 ^ 0x5c;
  hash.update(padded);
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
  // A(1), which is HMAC(secret, A(0)), and A(0) is the label and the seed.
  Digest a = hmac(secret, {as_bytes(label), seed});
  while (!out.empty()) {
    Digest part = hmac(secret, {a.bytes(), as_bytes(label), seed});
    std::size_t size = std::min(out.size(), digest_size(secret.hash));
    std::ranges::copy(part.bytes().first(size), out.begin());
    out = out.subspan(size);
    a = hmac(secret, a.bytes());
  }
}

}  // namespace healthcheck::tls

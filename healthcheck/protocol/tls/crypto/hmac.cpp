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

// RFC 2104 §2.
void hmac(const HmacKey& key, std::span<const Bytes> message, Digest& result) {
  Sha2 hash{key.hash};
  begin(hash, key, 0x36);
  for (Bytes part : message) hash.update(part);
  Digest inner;
  hash.digest(inner);
  begin(hash, key, 0x5c);
  hash.update(inner.bytes());
  hash.digest(result);
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
  // A(1) is the HMAC of the label and the seed, every later A that of the A before it.
  Bytes message[] = {{}, as_bytes(label), seed};
  Digest a, part;
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::size_t place = i % digest_size(secret.hash);
    if (place == 0) {
      hmac(secret, {message, i == 0 ? std::size(message) : 1}, a);
      message[0] = a.bytes();
      hmac(secret, message, part);
    }
    out[i] = part.storage[place];
  }
}

}  // namespace healthcheck::tls

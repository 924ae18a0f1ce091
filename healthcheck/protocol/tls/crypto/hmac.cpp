#include "healthcheck/protocol/tls/crypto/hmac.hpp"

#include <algorithm>

namespace healthcheck::tls {

namespace {

void update(Hmac& hash, std::size_t number) {
  auto byte = static_cast<std::uint8_t>(number);
  hash.update({&byte, 1});
}

}  // namespace

// RFC 2104 §2. A key that is longer than a block is hashed. TLS has no such key, but the test vectors have.
Hmac::Hmac(HmacKey key) : inner_(key.hash), outer_(key.hash) {
  std::array<std::uint8_t, block_size(Hash::Sha384)> block{};
  if (key.bytes.size() > block_size(key.hash)) {
    inner_.update(key.bytes);
    Digest shorter = inner_.digest();
    std::ranges::copy(shorter.bytes(), block.begin());
    inner_ = Sha2{key.hash};
  } else {
    std::ranges::copy(key.bytes, block.begin());
  }
  Bytes padded{block.data(), block_size(key.hash)};
  for (std::uint8_t& byte : block) byte ^= 0x36;
  inner_.update(padded);
  for (std::uint8_t& byte : block) byte ^= 0x36 ^ 0x5c;
  outer_.update(padded);
}

Digest Hmac::digest() const {
  Sha2 whole = outer_;
  whole.update(inner_.digest().bytes());
  return whole.digest();
}

Digest hmac(HmacKey key, Bytes message) {
  Hmac mac{key};
  mac.update(message);
  return mac.digest();
}

void hkdf_expand_label(HmacKey secret, std::string_view label, Bytes context, MutableBytes out) {
  constexpr std::string_view prefix = "tls13 ";
  Hmac block{secret};
  // The structure HkdfLabel: a length of two bytes, and two strings with lengths of one byte.
  update(block, out.size() >> 8);
  update(block, out.size());
  update(block, prefix.size() + label.size());
  block.update(as_bytes(prefix));
  block.update(as_bytes(label));
  update(block, context.size());
  block.update(context);
  // RFC 5869 §2.3: the first block's number.
  update(block, 1);
  std::ranges::copy(block.digest().bytes().first(out.size()), out.begin());
}

void prf(HmacKey secret, std::string_view label, Bytes seed, MutableBytes out) {
  // A(1), which is HMAC(secret, A(0)), and A(0) is the label and the seed.
  Hmac first{secret};
  first.update(as_bytes(label));
  first.update(seed);
  Digest a = first.digest();
  while (!out.empty()) {
    Hmac block{secret};
    block.update(a.bytes());
    block.update(as_bytes(label));
    block.update(seed);
    Digest part = block.digest();
    std::size_t size = std::min(out.size(), digest_size(secret.hash));
    std::ranges::copy(part.bytes().first(size), out.begin());
    out = out.subspan(size);
    a = hmac(secret, a.bytes());
  }
}

}  // namespace healthcheck::tls

// Runs all primitives on the same pseudorandom inputs everywhere, and hashes their results: an architecture
// is right if its digest is that of the architecture on which they were compared with OpenSSL.
#pragma once

#include <array>

#include "healthcheck/protocol/tls/crypto/aes_gcm.hpp"
#include "healthcheck/protocol/tls/crypto/hmac.hpp"
#include "healthcheck/protocol/tls/crypto/key_exchange.hpp"

namespace healthcheck::tls {

class Rounds {
 public:
  Digest run(int rounds) {
    while (rounds-- > 0) {
      for (Hash hash : {Hash::Sha256, Hash::Sha384}) derive(hash);
      for (std::size_t key_size : {16U, 32U}) encrypt(key_size);
      for (Group group : {Group::X25519, Group::P256, Group::P384}) exchange(group);
    }
    return results_.digest();
  }

 private:
  // Fills the buffer with Marsaglia's xorshift generator, and returns its first bytes.
  MutableBytes random(MutableBytes buffer, std::size_t size) {
    for (std::uint8_t& byte : buffer) {
      state_ ^= state_ << 13;
      state_ ^= state_ >> 7;
      state_ ^= state_ << 17;
      byte = static_cast<std::uint8_t>(state_);
    }
    return buffer.first(size);
  }

  void derive(Hash hash) {
    Bytes secret = random(first_, digest_size(hash)), seed = random(second_, 1 + first_[0] % 200U);
    Digest expanded{hash};
    hkdf_expand_label({hash, secret}, "label", seed.first(1), expanded.bytes());
    results_.update(expanded.bytes());
    prf({hash, secret}, "label", seed, third_);
    results_.update(third_);
  }

  void encrypt(std::size_t key_size) {
    AesGcm cipher{random(first_, key_size)};
    MutableBytes message = random(second_, AesGcm::tag_size + first_[0] % 180U);
    cipher.seal(AesGcm::Nonce{first_.data(), AesGcm::nonce_size}, first_, message);
    results_.update(message);
  }

  void exchange(Group group) {
    Bytes ours = random(first_, secret_size(group)), theirs = random(second_, secret_size(group));
    MutableBytes share = MutableBytes{third_}.first(share_size(group));
    make_share(group, theirs, share);
    results_.update(share);
    std::array<std::uint8_t, max_secret_size> secret{};
    if (!agree(group, ours, share, MutableBytes{secret}.first(secret_size(group)))) return;
    results_.update(secret);
  }

  std::uint64_t state_ = 0x9e3779b97f4a7c15;
  Sha2 results_{Hash::Sha384};
  std::array<std::uint8_t, 200> first_{}, second_{}, third_{};
};

}  // namespace healthcheck::tls

// AES-128 and AES-256 (FIPS 197) in Galois/Counter Mode (NIST SP 800-38D), with nonces of 96 bits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "healthcheck/protocol/tls/crypto/bytes.hpp"

namespace healthcheck::tls {

class AesGcm {
 public:
  static constexpr std::size_t nonce_size = 12, tag_size = 16;
  using Nonce = std::span<const std::uint8_t, nonce_size>;

  // The key has 16 or 32 bytes.
  explicit AesGcm(Bytes key);

  enum class Direction : std::uint8_t { Seal, Open };

  // Encrypts or decrypts `message` in place. It ends with its tag: Seal puts it there; Open returns false,
  // and leaves the message as it is, if the tag is wrong or missing.
  [[nodiscard, gnu::noinline]] bool apply(Direction direction, Nonce nonce, Bytes additional_data,
                                          MutableBytes message) const;
  // The same, by name.
  void seal(Nonce nonce, Bytes additional_data, MutableBytes message) const {
    static_cast<void>(apply(Direction::Seal, nonce, additional_data, message));
  }
  [[nodiscard]] bool open(Nonce nonce, Bytes additional_data, MutableBytes message) const {
    return apply(Direction::Open, nonce, additional_data, message);
  }

 private:
  using Block = std::array<std::uint8_t, 16>;

  void encrypt(Block& block) const;
  void key_stream(Nonce nonce, std::uint32_t number, Block& block) const;
  void crypt(Nonce nonce, MutableBytes text) const;

  std::size_t rounds_;
  Block hash_key_;
  std::array<std::uint8_t, 240> schedule_;
  std::array<std::uint8_t, 256> s_box_;
};

}  // namespace healthcheck::tls

// Protects the records of one direction with AES-GCM.
#pragma once

#include <array>

#include "healthcheck/protocol/tls/crypto/aes_gcm.hpp"
#include "healthcheck/protocol/tls/record/protocol.hpp"

namespace healthcheck::tls {

inline constexpr std::size_t record_header_size = 5;
inline constexpr std::size_t explicit_nonce_size = 8;  // of TLS 1.2, RFC 5288 §3

// The keys of one direction.
struct RecordKeys {
  Version version;
  Hash hash;  // of the cipher suite
  std::array<std::uint8_t, key_size(Hash::Sha384)> storage{};
  // TLS 1.3: the initialisation vector (RFC 8446 §5.3). TLS 1.2: the salt, and zeros (RFC 5288 §3).
  std::array<std::uint8_t, AesGcm::nonce_size> iv{};

  Bytes key() const { return {storage.data(), key_size(hash)}; }
  MutableBytes key() { return {storage.data(), key_size(hash)}; }
};

class RecordProtection {
 public:
  explicit RecordProtection(const RecordKeys& keys)
      : version_(keys.version), iv_(keys.iv), cipher_(keys.key()) {}

  Version version() const { return version_; }
  // The bytes of the explicit nonce, which in TLS 1.2 precedes the text.
  std::size_t prefix_size() const { return version_ == Version::Tls12 ? explicit_nonce_size : 0; }

  // Decrypts the fragment in place, and makes it the plaintext; in TLS 1.3, `type` becomes the inner type,
  // which is Invalid if there is none. Returns false if the tag is wrong.
  [[nodiscard, gnu::noinline]] bool open(ContentType& type, MutableBytes& fragment);
  // Encrypts the fragment in place. It has room for the explicit nonce (in TLS 1.2) and for the tag. `type`
  // is that of the record's header.
  void seal(ContentType type, MutableBytes fragment) {
    static_cast<void>(apply(AesGcm::Direction::Seal, type, fragment));
  }

 private:
  // Encrypts or decrypts the next fragment, as AesGcm does.
  [[gnu::noinline]] bool apply(AesGcm::Direction direction, ContentType type, MutableBytes fragment);

  Version version_;
  std::uint64_t sequence_ = 0;
  std::array<std::uint8_t, AesGcm::nonce_size> iv_;
  AesGcm cipher_;
};

}  // namespace healthcheck::tls

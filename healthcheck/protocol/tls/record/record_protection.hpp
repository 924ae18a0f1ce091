// Protects the records of one direction with AES-GCM.
#pragma once

#include <array>

#include "healthcheck/protocol/tls/crypto/aes_gcm.hpp"
#include "healthcheck/protocol/tls/record/protocol.hpp"

namespace healthcheck::tls {

inline constexpr std::size_t record_header_size = 5;
inline constexpr std::size_t explicit_nonce_size = 8;  // of TLS 1.2, RFC 5288 §3

class RecordProtection {
 public:
  // TLS 1.3: the key and the initialisation vector of a traffic secret (RFC 8446 §7.3).
  explicit RecordProtection(const Digest& traffic_secret);
  // TLS 1.2: a key and its salt.
  RecordProtection(Bytes key, Bytes salt);

  Version version() const { return version_; }

  // Decrypts the fragment in place, and makes it the plaintext; in TLS 1.3, `type` becomes the inner type,
  // which is Invalid if there is none. Returns false if the tag is wrong.
  [[nodiscard, gnu::noinline]] bool open(ContentType& type, MutableBytes& fragment);
  // Encrypts in place: a whole record's bytes, with the header's room, the explicit nonce's (in TLS 1.2) and
  // the tag's.
  [[gnu::noinline]] void seal(ContentType type, MutableBytes record);

 private:
  using Nonce = std::array<std::uint8_t, AesGcm::nonce_size>;
  // RFC 5246 §6.2.3.3.
  using AdditionalData = std::array<std::uint8_t, 13>;

  static AdditionalData additional_data(Bytes sequence, ContentType type, std::size_t text_size);
  static ContentType take_inner_type(MutableBytes& text);

  std::array<std::uint8_t, 8> take_sequence_number();
  Nonce nonce_of(Bytes number) const;

  Version version_;
  AesGcm cipher_;
  Nonce iv_{};
  std::uint64_t sequence_ = 0;
};

}  // namespace healthcheck::tls

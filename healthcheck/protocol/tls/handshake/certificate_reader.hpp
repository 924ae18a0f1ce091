// Reads the end of a certificate's validity, byte by byte (RFC 5280 §4.1), and stores nothing of the
// certificate, however long it is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "healthcheck/protocol/tls/crypto/bytes.hpp"

namespace healthcheck::tls {

class CertificateReader {
 public:
  // Has read no certificate.
  CertificateReader() {}
  explicit CertificateReader(std::size_t skipped) { start(skipped); }
  // `skipped`: the bytes of the Certificate message before its first certificate.
  void start(std::size_t skipped) {
    element_ = Element::Certificate;
    tag_ = length_bytes_ = 0;
    left_ = skipped;
    length_ = 0;
    time_size_ = 0;
  }

  [[gnu::noinline]] void feed(Bytes bytes);

  // notAfter, in seconds since 1970. Empty if the certificate has no valid time at that place.
  [[gnu::noinline]] std::optional<std::int64_t> not_after() const;

 private:
  // The elements in their order. The reader enters some, and skips the others; it takes the last.
  enum class Element : std::uint8_t {
    Certificate,
    TbsCertificate,
    Version,  // may be absent
    SerialNumber,
    Signature,
    Issuer,
    Validity,
    NotBefore,
    NotAfter,
    Finished,
    Invalid,
  };

  void take(std::uint8_t byte);
  void take_tag(std::uint8_t tag);
  void take_length(std::uint8_t byte);
  void next_element();
  static bool is_entered(Element element);

  Element element_ = Element::Invalid;
  // Set by start().
  std::uint8_t tag_;           // 0: the next byte is a tag
  std::uint8_t length_bytes_;  // of a long length, still to come
  std::uint32_t length_;
  std::size_t left_;  // bytes to skip, or to take
  std::size_t time_size_;
  std::array<std::uint8_t, 15> time_;  // YYYYMMDDHHMMSSZ
};

}  // namespace healthcheck::tls

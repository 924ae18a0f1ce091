// Alerts (RFC 8446 §6, RFC 5246 §7.2).
#pragma once

#include <cstdint>
#include <string_view>

namespace healthcheck::tls {

enum class Alert : std::uint8_t {
  CloseNotify = 0,
  UnexpectedMessage = 10,
  BadRecordMac = 20,
  RecordOverflow = 22,
  HandshakeFailure = 40,
  BadCertificate = 42,
  IllegalParameter = 47,
  DecodeError = 50,
  DecryptError = 51,
  ProtocolVersion = 70,
  UserCanceled = 90,
  MissingExtension = 109,
  UnsupportedExtension = 110,
  CertificateRequired = 116,
};

// The alert to send if the server has broken a rule; none if it has not. One byte, which an optional would
// double. close_notify is never sent for a fault.
class Fault {
 public:
  constexpr Fault() = default;
  constexpr Fault(Alert alert) : alert_(alert) {}

  constexpr explicit operator bool() const { return alert_ != Alert::CloseNotify; }
  constexpr Alert operator*() const { return alert_; }
  friend constexpr bool operator==(Fault, Fault) = default;

 private:
  Alert alert_ = Alert::CloseNotify;
};

// The alert's name in the standards; empty if the number is not assigned.
std::string_view alert_name(Alert alert);

}  // namespace healthcheck::tls

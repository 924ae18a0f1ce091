// Alerts (RFC 8446 §6, RFC 5246 §7.2).
#pragma once

#include <cstdint>
#include <optional>
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

// The alert to send if the server has broken a rule.
using Fault = std::optional<Alert>;

// The alert's name in the standards; empty if the number is not assigned.
std::string_view alert_name(Alert alert);

}  // namespace healthcheck::tls

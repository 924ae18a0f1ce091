#include "healthcheck/protocol/tls/record/alert.hpp"

#include "base/text.hpp"

namespace healthcheck::tls {
namespace {

// The alerts of IANA's registry, those of TLS 1.2 too. The names are in the order of the numbers.
constexpr std::uint8_t numbers[] = {0,   10,  20,  21,  22,  30,  40,  41,  42,  43, 44, 45,
                                    46,  47,  48,  49,  50,  51,  60,  70,  71,  80, 86, 90,
                                    100, 109, 110, 111, 112, 113, 114, 115, 116, 120};
constexpr std::string_view names =
    "close_notify unexpected_message bad_record_mac decryption_failed record_overflow "
    "decompression_failure handshake_failure no_certificate bad_certificate unsupported_certificate "
    "certificate_revoked certificate_expired certificate_unknown illegal_parameter unknown_ca "
    "access_denied decode_error decrypt_error export_restriction protocol_version insufficient_security "
    "internal_error inappropriate_fallback user_canceled no_renegotiation missing_extension "
    "unsupported_extension certificate_unobtainable unrecognized_name bad_certificate_status_response "
    "bad_certificate_hash_value unknown_psk_identity certificate_required no_application_protocol";

consteval std::size_t count_names() {
  std::size_t count = 1;
  for (char c : names) count += c == ' ';
  return count;
}
static_assert(count_names() == std::size(numbers));

}  // namespace

std::string_view alert_name(Alert alert) {
  std::string_view rest = names;
  for (std::uint8_t number : numbers) {
    std::string_view name = base::take_until(rest, ' ');
    if (number == static_cast<std::uint8_t>(alert)) return name;
  }
  return {};
}

}  // namespace healthcheck::tls

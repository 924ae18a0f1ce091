#include "healthcheck/protocol/tls/record/alert.hpp"

#include "base/text.hpp"

namespace healthcheck::tls {
namespace {

// The alerts of RFC 8446 §6 that can be a failure of this client's handshake. The others answer to what it
// never offers (pre-shared keys, compression, renegotiation, a fallback), or only clients send them. The
// names are in the order of the numbers.
constexpr std::uint8_t numbers[] = {10, 20, 22, 40, 42, 43, 44,  45,  46,  47,  48, 49,
                                    50, 51, 70, 71, 80, 90, 109, 110, 112, 116, 120};
constexpr std::string_view names =
    "unexpected_message bad_record_mac record_overflow handshake_failure bad_certificate "
    "unsupported_certificate certificate_revoked certificate_expired certificate_unknown illegal_parameter "
    "unknown_ca access_denied decode_error decrypt_error protocol_version insufficient_security "
    "internal_error user_canceled missing_extension unsupported_extension unrecognized_name "
    "certificate_required no_application_protocol";

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

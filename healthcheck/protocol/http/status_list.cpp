#include "healthcheck/protocol/http/status_list.hpp"

#include <cstdint>

#include "base/number.hpp"

namespace healthcheck {
namespace {

// One loop serves both questions: no status is in every list, so status 0 only checks the list.
enum class Walk : std::uint8_t { Invalid, Without, With };

Walk walk(std::string_view list, unsigned status) {
  constexpr unsigned min = 100, max = 999;
  Walk walk = Walk::Without;
  unsigned first = 0, number = 0;
  for (std::size_t i = 0; i <= list.size(); ++i) {
    char c = i < list.size() ? list[i] : ',';
    if (base::is_digit(c)) {
      number = number * 10 + static_cast<unsigned>(c - '0');
      if (number > max) return Walk::Invalid;
      continue;
    }
    if (number < min || number < first) return Walk::Invalid;
    if (c == '-' && first == 0) {
      first = number;
    } else if (c == ',') {
      if (status <= number && status >= (first == 0 ? number : first)) walk = Walk::With;
      first = 0;
    } else {
      return Walk::Invalid;
    }
    number = 0;
  }
  return walk;
}

}  // namespace

bool is_status_list(std::string_view list) { return walk(list, 0) != Walk::Invalid; }

bool contains_status(std::string_view list, unsigned status) { return walk(list, status) == Walk::With; }

}  // namespace healthcheck

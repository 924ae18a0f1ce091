// Decimal numbers without stdio, locale or sign.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace base {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Returns the whole text as a decimal number of at most `max`, which must be below 2^63. Returns nothing for
// an empty text, a sign, a blank, or a larger number.
constexpr std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t max) {
  std::uint64_t number = 0;
  for (char c : text) {
    if (!is_digit(c)) return {};
    if (number > max / 10) return {};
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
    if (number > max) return {};
  }
  if (text.empty()) return {};
  return number;
}

}  // namespace base

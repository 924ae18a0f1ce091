// Decimal numbers without stdio, locale or sign.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace common {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The whole text as a decimal number of at most `most`; nothing for an empty text, a sign, a blank, overflow.
constexpr std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t most) {
  if (text.empty()) return {};
  std::uint64_t number = 0;
  for (char c : text) {
    if (!is_digit(c)) return {};
    auto digit = static_cast<std::uint64_t>(c - '0');
    if (number > (most - digit) / 10 || digit > most) return {};
    number = number * 10 + digit;
  }
  return number;
}

}  // namespace common

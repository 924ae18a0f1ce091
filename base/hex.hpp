// Hexadecimal digits: of addresses, escapes and chunk sizes.
#pragma once

#include "base/number.hpp"
#include "base/text.hpp"

namespace base {

// The value of a hexadecimal digit; -1 if it is not one.
constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = to_upper(c);
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace base

// Hexadecimal digits: of addresses, escapes and chunk sizes.
#pragma once

#include "base/number.hpp"
#include "base/text.hpp"

namespace healthcheck {

// -1: it is none.
constexpr int hex_value(char c) {
  if (base::is_digit(c)) return c - '0';
  c = base::to_upper(c);
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace healthcheck

// Hexadecimal digits: of addresses, escapes and chunk sizes.
#pragma once

#include "common/number.hpp"
#include "common/words.hpp"

namespace healthcheck {

// -1: it is none.
constexpr int hex_value(char c) {
  if (common::is_digit(c)) return c - '0';
  c = common::to_upper(c);
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace healthcheck

// Divides the operands of --together into programs.
#pragma once

#include <string_view>

namespace init {

// Ends each program's argument list by replacing the separator with a null pointer. Without a separator (an
// empty one), there is one program. Returns the number of programs, or 0 if one of them would be empty.
constexpr int split_programs(char** operands, std::string_view separator) {
  int programs = 1;
  char** start = operands;
  for (; *operands != nullptr; ++operands) {
    if (separator.empty() || *operands != separator) continue;
    if (operands == start) return 0;
    *operands = nullptr;
    start = operands + 1;
    ++programs;
  }
  return operands == start ? 0 : programs;
}

}  // namespace init

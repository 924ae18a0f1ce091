// The README's comparison: one column a program, each figure once.
#pragma once

#include <string>

#include "table.hpp"

namespace bench {

std::string comparison_of(const Table& inits, const Table& probes);

}  // namespace bench

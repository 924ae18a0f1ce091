// The README's comparison: one column a program, each figure once.
#pragma once

#include <string>

#include "measure/figures.hpp"

namespace bench {

std::string comparison_of(const Figures& figures);

}  // namespace bench

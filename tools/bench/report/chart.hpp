// The chart that the README shows.
#pragma once

#include <string>

#include "table.hpp"

namespace bench {

std::string chart_of(const Table& inits, const Table& probes);

}  // namespace bench

// The clock. Only files that act read it; those that decide are told the time.
#pragma once

#include "common/duration.hpp"

namespace sys {

// clock_gettime(2), CLOCK_MONOTONIC. It cannot fail.
common::Instant now();

}  // namespace sys

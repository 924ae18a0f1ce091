// The clock. Only files that act read it; those that decide are told the time.
#pragma once

#include "base/duration.hpp"

namespace sys {

// clock_gettime(2), CLOCK_MONOTONIC; the zero instant if the kernel, or a seccomp profile, refuses it.
base::Instant now();

}  // namespace sys

// The clock. Only files that act read it; those that decide are told the time.
#pragma once

#include <time.h>

#include "base/duration.hpp"
#include "sys/result.hpp"

namespace sys {

// clock_gettime(2).
Status read_clock(clockid_t clock, timespec& time);
// CLOCK_MONOTONIC; the zero instant if the kernel, or a seccomp profile, refuses it.
base::Instant now();

}  // namespace sys

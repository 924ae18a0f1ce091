// The clock. Only acting files read it; deciding files get the time as a parameter.
#pragma once

#include <time.h>

#include <cstdint>

#include "base/duration.hpp"
#include "sys/result.hpp"

namespace sys {

// clock_gettime(2).
Status read_clock(clockid_t clock, timespec& time);
// Reads CLOCK_MONOTONIC. Returns the zero instant if the kernel, or a seccomp profile, refuses the call.
base::Instant now();
// CLOCK_REALTIME.
Result<std::int64_t> seconds_since_1970();

}  // namespace sys

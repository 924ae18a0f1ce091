// The time of day. In a file of its own, because only healthcheck-tls reads it.
#pragma once

#include <cstdint>

#include "sys/result.hpp"

namespace sys {

// clock_gettime(2), CLOCK_REALTIME.
Result<std::int64_t> seconds_since_1970();

}  // namespace sys

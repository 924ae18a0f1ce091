// The time of day. Apart from the other calls: only healthcheck-tls compares anything with it.
#pragma once

#include <cstdint>

#include "sys/result.hpp"

namespace sys {

// clock_gettime(2), CLOCK_REALTIME.
Result<std::int64_t> seconds_since_1970();

}  // namespace sys

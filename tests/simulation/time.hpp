// Simulated time.
#pragma once

#include <cstdint>

namespace simulation {

using Time = std::int64_t;  // nanoseconds

inline constexpr Time microsecond = 1'000;
inline constexpr Time millisecond = 1'000 * microsecond;
inline constexpr Time second = 1'000 * millisecond;

}  // namespace simulation

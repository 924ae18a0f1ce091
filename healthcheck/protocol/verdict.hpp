// The verdict on a target.
#pragma once

#include <cstdint>

namespace healthcheck {

enum class Health : std::uint8_t { Unhealthy, Healthy };

}  // namespace healthcheck

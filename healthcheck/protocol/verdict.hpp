// The verdict on a target, and the message about it.
#pragma once

#include <cstdint>

#include "base/message_builder.hpp"

namespace healthcheck {

enum class Health : std::uint8_t { Unhealthy, Healthy };

struct Verdict {
  Health health = Health::Unhealthy;
  base::MessageBuilder message;  // "tcp://localhost:5432: connection refused (127.0.0.1, ::1)"
};

}  // namespace healthcheck

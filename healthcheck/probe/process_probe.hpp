// Probes the process that a PID file names.
#pragma once

#include <string_view>

#include "base/arena.hpp"
#include "base/message_builder.hpp"
#include "healthcheck/protocol/verdict.hpp"

namespace healthcheck {

// Healthy if the file holds the PID of a process that has a live thread and is not this one. The paths are
// built in the arena.
Health probe_process(std::string_view path, base::Arena& arena, base::MessageBuilder& message);

}  // namespace healthcheck

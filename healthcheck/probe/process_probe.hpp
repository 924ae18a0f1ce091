// Probes the process that a PID file names.
#pragma once

#include <string_view>

#include "base/arena.hpp"
#include "healthcheck/protocol/verdict.hpp"

namespace healthcheck {

// Healthy if the file holds the PID of a process that has a thread left, and is not this one. The arena holds
// the paths meanwhile.
Health probe_process(std::string_view path, base::Arena& arena, base::MessageBuilder& message);

}  // namespace healthcheck

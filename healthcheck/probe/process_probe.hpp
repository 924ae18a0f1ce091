// Probes the process that a PID file names.
#pragma once

#include <string_view>

#include "base/arena.hpp"
#include "healthcheck/protocol/verdict.hpp"

namespace healthcheck {

// Healthy if the process is alive: it exists and is not a zombie. The arena holds the paths meanwhile.
Health probe_process(std::string_view path, base::Arena& arena, base::MessageBuilder& message);

}  // namespace healthcheck

// Probes that need no connection: of a file, and of the process that a file names.
#pragma once

#include "healthcheck/protocol/conversation.hpp"

namespace healthcheck {

Health probe_file(const Config& config, const Target& target, base::MessageBuilder& line);
Health probe_process(const Target& target, base::MessageBuilder& line);

}  // namespace healthcheck

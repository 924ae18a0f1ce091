// Probes that need no connection: of a file, and of the process that a file names.
#pragma once

#include "healthcheck/conversation.hpp"

namespace healthcheck {

Health probe_file(const Config& config, const Target& target, common::Line& line);
Health probe_process(const Target& target, common::Line& line);

}  // namespace healthcheck

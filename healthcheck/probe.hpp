// One probe of one target: the part that acts.
#pragma once

#include "common/line.hpp"
#include "healthcheck/conversation.hpp"
#include "healthcheck/deadline.hpp"

namespace healthcheck {

// Adds what is found to the line, and answers what it means.
// Not in its caller's frame: there every variable is too far from the stack pointer for a short instruction.
[[gnu::noinline]] Health probe(const Config& config, const Target& target, Deadline& deadline,
                               common::Line& line);

}  // namespace healthcheck

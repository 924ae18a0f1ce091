// One probe of one target: the part that acts.
#pragma once

#include "base/message_builder.hpp"
#include "healthcheck/probe/deadline.hpp"
#include "healthcheck/protocol/conversation.hpp"

namespace healthcheck {

// Adds what is found to the line, and answers what it means.
// Not in its caller's frame: there every variable is too far from the stack pointer for a short instruction.
[[gnu::noinline]] Health probe(const Config& config, const Target& target, Deadline& deadline,
                               base::MessageBuilder& line);

}  // namespace healthcheck

// One probe of one target: the part that acts.
#pragma once

#include "common/line.hpp"
#include "healthcheck/conversation.hpp"
#include "healthcheck/deadline.hpp"

namespace healthcheck {

// Adds what is found to the line, and answers what it means. What is sent is put together in the buffer.
Health probe(const Config& config, const Target& target, Buffer& buffer, Deadline& deadline,
             common::Line& line);

}  // namespace healthcheck

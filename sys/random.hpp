// Random bytes. In a file of its own, because only healthcheck-tls makes this call.
#pragma once

#include <cstdint>
#include <span>

#include "sys/result.hpp"

namespace sys {

// getrandom(2). Fills at most 256 bytes, which no signal can cut short. Never waits: EAGAIN means that the
// kernel has gathered no randomness yet.
Status fill_random(std::span<std::uint8_t> bytes);

}  // namespace sys

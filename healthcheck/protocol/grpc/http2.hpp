// Frames of HTTP/2 (RFC 9113 §4, §6), as far as one call needs them.
#pragma once

#include <cstdint>

#include "base/arena.hpp"

namespace healthcheck::http2 {

enum class Type : std::uint8_t {
  Data,
  Headers,
  Priority,
  ResetStream,
  Settings,
  PushPromise,
  Ping,
  GoAway,
  WindowUpdate,
  Continuation
};

enum Flag : std::uint8_t {
  EndStream = 0x1,
  Acknowledge = 0x1,
  EndHeaders = 0x4,
  Padded = 0x8,
  Prioritized = 0x20
};

inline constexpr std::size_t frame_header_size = 9;
// A peer may send frames of this size unless told otherwise (SETTINGS_MAX_FRAME_SIZE, RFC 9113 §6.5.2).
inline constexpr std::uint32_t longest_frame = 16384;

// The one stream of the one call; the connection as a whole is stream 0.
inline constexpr std::uint32_t the_stream = 1;
// Of a stream's number, and of a window's increment: to be ignored (§4.1, §6.9).
inline constexpr std::uint32_t reserved_bit = 0x8000'0000;

}  // namespace healthcheck::http2

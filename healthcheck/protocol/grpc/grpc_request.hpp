// The call of grpc.health.v1.Health/Check, in the bytes of HTTP/2.
#pragma once

#include <string_view>

#include "base/arena.hpp"
#include "healthcheck/protocol/grpc/http2.hpp"

namespace healthcheck {

// Adds all that is sent at once: preface, SETTINGS, HEADERS, DATA. Nothing in it waits for the server's
// settings (RFC 9113 §3.4). `service` empty: the server as a whole.
void add_grpc_request(base::Arena& request, std::string_view authority, std::string_view service,
                      std::string_view user_agent);

struct FrameHeader {
  char length = 0;  // less than 256
  http2::Type type{};
  char flags = 0;
  char stream = 0;
};
void add_frame_header(base::Arena& buffer, FrameHeader header);

}  // namespace healthcheck

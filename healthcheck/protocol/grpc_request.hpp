// The call of grpc.health.v1.Health/Check, in the bytes of HTTP/2.
#pragma once

#include <string_view>

#include "healthcheck/protocol/buffer.hpp"
#include "healthcheck/protocol/http2.hpp"

namespace healthcheck {

// Adds all that is sent at once: preface, SETTINGS, HEADERS, DATA. Nothing in it waits for the server's
// settings (RFC 9113 §3.4). `service` empty: the server as a whole.
void add_grpc_request(Buffer& request, std::string_view authority, std::string_view service,
                      std::string_view user_agent);

// Adds a frame's header, for a length of less than 256.
void add_frame_header(Buffer& buffer, char length, http2::Type type, char flags, char stream);

}  // namespace healthcheck

// The call of grpc.health.v1.Health/Check, in the bytes of HTTP/2.
#pragma once

#include <string_view>

#include "base/arena.hpp"
#include "healthcheck/protocol/grpc/http2.hpp"
#include "healthcheck/target/target.hpp"

namespace healthcheck {

struct GrpcCall {
  Transport transport{};  // the scheme: http, or https inside of TLS
  std::string_view authority{};
  std::string_view service{};  // empty: the server as a whole
  std::string_view user_agent{};
};

// Adds all that is sent at once: preface, SETTINGS, HEADERS, DATA. Nothing in it waits for the server's
// settings (RFC 9113 §3.4).
void add_grpc_request(base::Arena& request, const GrpcCall& call);

struct FrameHeader {
  char length = 0;  // less than 256
  http2::Type type{};
  char flags = 0;
  char stream = 0;
};
void add_frame_header(base::Arena& buffer, FrameHeader header);

}  // namespace healthcheck

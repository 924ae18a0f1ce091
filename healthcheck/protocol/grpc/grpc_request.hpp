// The call of grpc.health.v1.Health/Check, in the bytes of HTTP/2.
#pragma once

#include "base/arena.hpp"
#include "healthcheck/protocol/grpc/http2.hpp"
#include "healthcheck/target/plan.hpp"
#include "healthcheck/target/target.hpp"

namespace healthcheck {

// Adds all that is sent at once: preface, SETTINGS, HEADERS, DATA. Nothing in it waits for the server's
// settings (RFC 9113 §3.4). A target without a service asks for the server as a whole. The user's headers are
// sent as metadata, and Host as the authority.
[[gnu::noinline]] void add_grpc_request(base::Arena& request, const Plan& plan, const Target& target);

struct FrameHeader {
  char length = 0;  // less than 256
  http2::Type type{};
  char flags = 0;
  char stream = 0;
};
void add_frame_header(base::Arena& buffer, FrameHeader header);

}  // namespace healthcheck

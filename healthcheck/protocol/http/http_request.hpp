// The one request of an HTTP probe.
#pragma once

#include "base/arena.hpp"
#include "healthcheck/target/plan.hpp"
#include "healthcheck/target/target.hpp"

namespace healthcheck {

// Adds the request (RFC 9112 §3) to the buffer. Without a body, whatever the method; without compression or
// keep-alive. A header of the user's stands for the default of its name.
void add_http_request(base::Arena& request, const Plan& plan, const Target& target);

// RFC 4648 §4.
void add_base64(base::Arena& buffer, std::string_view text);

}  // namespace healthcheck

// The one request of an HTTP probe.
#pragma once

#include "base/arena.hpp"
#include "healthcheck/target/plan.hpp"
#include "healthcheck/target/target.hpp"

namespace healthcheck {

// Adds the request (RFC 9112 §3) to the buffer. It has no body, whatever the method, and asks for neither
// compression nor keep-alive. A header from the user replaces the default of that name; an empty value only
// removes the default.
[[gnu::noinline]] void add_http_request(base::Arena& request, const Plan& plan, const Target& target);

// RFC 4648 §4.
void add_base64(base::Arena& buffer, std::string_view text);

}  // namespace healthcheck

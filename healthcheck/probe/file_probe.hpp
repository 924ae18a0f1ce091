// Probes whether a file exists and was written to recently.
#pragma once

#include <string_view>

#include "base/arena.hpp"
#include "base/duration.hpp"
#include "base/message_builder.hpp"
#include "healthcheck/protocol/verdict.hpp"

namespace healthcheck {

// A `max_age` of 0 accepts any age. The path is built in the arena.
[[gnu::noinline]] Health probe_file(std::string_view path, base::Duration max_age, base::Arena& arena,
                                    base::MessageBuilder& message);

}  // namespace healthcheck

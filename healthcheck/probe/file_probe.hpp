// Probes a file: it exists, and was written to lately.
#pragma once

#include <string_view>

#include "base/arena.hpp"
#include "base/duration.hpp"
#include "healthcheck/protocol/verdict.hpp"

namespace healthcheck {

// A `max_age` of 0 accepts any age. The arena holds the path meanwhile.
Health probe_file(std::string_view path, base::Duration max_age, base::Arena& arena,
                  base::MessageBuilder& message);

}  // namespace healthcheck

// A rule that a run has broken.
#pragma once

#include <cstdint>

namespace simulation {

struct Violation {
  const char* rule;
  std::int64_t detail = 0;
};

}  // namespace simulation

// The one deadline of an attempt: handed down by value, and written to by nobody.
#pragma once

#include "base/duration.hpp"

namespace base {

struct Deadline {
  Instant end{};
  Duration limit{};  // how long it was at its start; for messages: "no answer within 3s"
};

}  // namespace base

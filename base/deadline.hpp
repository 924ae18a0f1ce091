// The single deadline of an attempt. It is passed down by value, and no callee changes it.
#pragma once

#include "base/duration.hpp"

namespace base {

struct Deadline {
  Instant end{};
  Duration limit{};  // its length at the start, for messages: "no answer within 3s"
};

}  // namespace base

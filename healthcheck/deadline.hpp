// One absolute deadline, handed down to all that waits.
#pragma once

#include "common/duration.hpp"
#include "common/sys/socket.hpp"

namespace healthcheck {

// What a call ends with: 0, an errno, or this where the time is over.
using Code = int;
extern const Code no_time;

class Deadline {
 public:
  explicit Deadline(common::Duration limit) : limit_(limit), left_(limit) {}

  // Until the descriptor is ready: 0; no_time; or the errno of what cannot be waited for.
  Code wait(sys::Readiness readiness, sys::Descriptor descriptor);
  // Where it was waited for otherwise, elsewhere.
  void set_left(common::Duration left) { left_ = left; }
  void spend(common::Duration time) { left_.nanoseconds -= time.nanoseconds; }
  common::Duration limit() const { return limit_; }
  // What was left after the last wait.
  common::Duration left() const { return left_; }

 private:
  common::Duration limit_, left_;
  common::Instant end_{};  // known from the second wait on
  bool has_waited_ = false;
};

}  // namespace healthcheck

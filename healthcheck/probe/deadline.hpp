// One absolute deadline, handed down to all that waits.
#pragma once

#include "base/duration.hpp"
#include "sys/socket.hpp"

namespace healthcheck {

// What a call ends with: 0, an errno, or this where the time is over.
using Code = int;
extern const Code no_time;

class Deadline {
 public:
  explicit Deadline(base::Duration limit) : limit_(limit), left_(limit) {}

  // Until the descriptor is ready: 0; no_time; or the errno of what cannot be waited for.
  Code wait(sys::Readiness readiness, sys::Descriptor descriptor);
  // Where it was waited for otherwise, elsewhere.
  void set_left(base::Duration left) { left_ = left; }
  void spend(base::Duration time) { left_.nanoseconds -= time.nanoseconds; }
  base::Duration limit() const { return limit_; }
  // What was left after the last wait.
  base::Duration left() const { return left_; }

 private:
  base::Duration limit_, left_;
  base::Instant end_{};  // known from the second wait on
  bool has_waited_ = false;
};

}  // namespace healthcheck

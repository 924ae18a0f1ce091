// One absolute deadline, handed down to all that waits.
#pragma once

#include "common/duration.hpp"
#include "common/sys/socket.hpp"

namespace healthcheck {

class Deadline {
 public:
  explicit Deadline(common::Duration limit) : limit_(limit), left_(limit) {}

  // Until the descriptor is ready. False: the time is over.
  bool wait(sys::Readiness readiness, sys::Descriptor descriptor);
  // What was waited for otherwise, elsewhere.
  void set_left(common::Duration left) { left_ = left; }
  common::Duration limit() const { return limit_; }
  // What was left after the last wait.
  common::Duration left() const { return left_; }

 private:
  common::Duration limit_, left_;
  common::Instant end_{};  // known from the second wait on
  bool has_waited_ = false;
};

}  // namespace healthcheck

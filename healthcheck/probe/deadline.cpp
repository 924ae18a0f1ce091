#include "healthcheck/probe/deadline.hpp"

#include "sys/clock.hpp"

namespace healthcheck {

// A probe of a healthy service waits once. Then the clock need not be read at all: nothing before that takes
// time, and the kernel says what remains of the wait. Whatever comes later is held against the clock.
// Where there is no clock, what remained of the last wait does.
Code Deadline::wait(sys::Readiness readiness, sys::Descriptor descriptor) {
  base::Instant now = has_waited_ ? sys::now() : base::Instant{};
  if (now != base::Instant{}) {
    if (end_ == base::Instant{})
      end_ = now + left_;
    else
      left_ = end_ - now;
  }
  if (left_ <= base::Duration{}) return no_time;
  has_waited_ = true;
  return sys::wait_until(readiness, descriptor, left_);
}

}  // namespace healthcheck

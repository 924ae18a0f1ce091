#include "healthcheck/deadline.hpp"

#include "common/sys/clock.hpp"

namespace healthcheck {

// A probe of a healthy service waits once. Then the clock need not be read at all: nothing before that takes
// time, and the kernel says what remains of the wait. Whatever comes later is held against the clock.
// Where there is no clock, what remained of the last wait does.
Code Deadline::wait(sys::Readiness readiness, sys::Descriptor descriptor) {
  common::Instant now = has_waited_ ? sys::now() : common::Instant{};
  if (now != common::Instant{}) {
    if (end_ == common::Instant{})
      end_ = now + left_;
    else
      left_ = end_ - now;
  }
  if (left_ <= common::Duration{}) return no_time;
  has_waited_ = true;
  return sys::wait_until(readiness, descriptor, left_);
}

}  // namespace healthcheck

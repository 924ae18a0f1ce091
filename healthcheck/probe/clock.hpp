// Waits, and knows the time.
#pragma once

#include "base/duration.hpp"
#include "sys/socket.hpp"

namespace healthcheck {

// The error of a wait whose deadline has passed.
inline constexpr base::Error out_of_time{ETIME};

// A clock that starts at 0. The probe of a healthy service waits once, for a moment, and ppoll(2) tells how
// much of that wait was left: such a probe never asks the kernel for the time. After that, the clock is read
// before each wait. If the kernel refuses to tell the time, only the durations of the waits count.
//
// If the process is stopped (SIGSTOP) while it waits, ppoll(2) goes on afterwards with the time that was
// left, so that the wait would outlive its end by as long as the stop. Therefore no single ppoll(2) is long.
class Clock {
 public:
  // Reads the kernel's clock.
  base::Instant now();
  // The time at the end of the last wait or now(). Makes no system call.
  base::Instant last() const { return now_; }

  // Waits until the descriptor is ready. Fails with out_of_time at `end`, or with ppoll's errno.
  base::Status wait(sys::Readiness readiness, sys::Descriptor descriptor, base::Instant end);
  // Waits until `end`. Fails only with ppoll's errno.
  base::Status pause_until(base::Instant end);

 private:
  static constexpr base::Duration first_slice = base::milliseconds(2), max_slice = base::milliseconds(50);

  base::Instant now_{};
  base::Duration offset_{};  // of the kernel's clock from this one
  bool is_synchronised_ = false, has_waited_ = false;
};

}  // namespace healthcheck

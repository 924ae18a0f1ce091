#include "healthcheck/probe/clock.hpp"

#include "sys/clock.hpp"

namespace healthcheck {

base::Instant Clock::now() {
  base::Instant kernel = sys::now();
  // The kernel's clock reads 0 only if the call failed.
  if (kernel == base::Instant{}) return now_;
  if (!is_synchronised_) offset_ = kernel - now_;
  is_synchronised_ = true;
  now_ = base::Instant{kernel.nanoseconds - offset_.nanoseconds};
  return now_;
}

base::Status Clock::wait(sys::Readiness readiness, sys::Descriptor descriptor, base::Instant end) {
  if (has_waited_) now();
  has_waited_ = true;
  base::Duration left = end - now_;
  if (left <= base::Duration{}) return out_of_time;
  auto remaining = sys::wait_until(readiness, descriptor, left);
  if (remaining || remaining.error().code == out_of_time.code)
    now_ = base::Instant{end.nanoseconds - remaining->nanoseconds};
  if (!remaining) return remaining.error();
  return base::ok;
}

base::Status Clock::pause_until(base::Instant end) {
  base::Status waited = wait(sys::Readiness::Readable, sys::no_descriptor, end);
  if (waited.error().code == out_of_time.code) return base::ok;
  return waited;
}

}  // namespace healthcheck

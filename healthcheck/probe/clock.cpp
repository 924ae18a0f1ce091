#include "healthcheck/probe/clock.hpp"

#include <algorithm>
#include <utility>

#include "sys/clock.hpp"

namespace healthcheck {

base::Instant Clock::now() {
  base::Instant kernel = sys::now();
  // The kernel's clock reads 0 only if the call failed.
  if (kernel == base::Instant{}) return now_;
  if (!is_synchronised_) offset_ = kernel - now_;
  is_synchronised_ = true;
  now_ = std::max(now_, base::Instant{kernel.nanoseconds - offset_.nanoseconds});
  return now_;
}

base::Status Clock::wait(sys::Readiness readiness, sys::Descriptor descriptor, base::Instant end) {
  for (;;) {
    const bool is_first = !std::exchange(has_waited_, true);
    if (!is_first) now();
    base::Duration left = end - now_;
    if (left <= base::Duration{}) return out_of_time;
    base::Duration slice = std::min(left, is_first ? first_slice : max_slice);
    auto remaining = sys::wait_until(readiness, descriptor, slice);
    if (!remaining && remaining.error().code != out_of_time.code) return remaining.error();
    now_ = base::Instant{now_.nanoseconds + slice.nanoseconds - remaining->nanoseconds};
    if (!remaining) continue;
    // The process may have been stopped meanwhile.
    return is_first || now() <= end ? base::Status{base::ok} : base::Status{out_of_time};
  }
}

base::Status Clock::pause_until(base::Instant end) {
  base::Status waited = wait(sys::Readiness::Readable, sys::no_descriptor, end);
  if (waited.error().code == out_of_time.code) return base::ok;
  return waited;
}

}  // namespace healthcheck

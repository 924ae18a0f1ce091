// Deadlines: everything in the harness that waits has one, and waits for an event.
//
//   Deadline deadline{2s};            an absolute end that is passed down
//   eventually("no zombie is left", [&] { return container.zombies() == 0; });
#pragma once

#include <time.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

namespace harness {

using Clock = std::chrono::steady_clock;

// Far longer than anything here needs, so that only a hang reaches it, even on a loaded machine.
inline constexpr std::chrono::milliseconds patience{20'000};

class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds limit) : end_{Clock::now() + limit} {}

  bool passed() const { return Clock::now() >= end_; }

  // For poll(2): the milliseconds left, rounded up, so that a return of 0 means that it has passed.
  int poll_timeout() const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end_ - Clock::now());
    return left.count() > 0 ? static_cast<int>(left.count()) : 0;
  }

 private:
  Clock::time_point end_;
};

// For states that have no descriptor to wait on, such as the state of a process in /proc: asks every
// millisecond. Throws if the limit passes.
template <typename Predicate>
void eventually(std::string_view fact, Predicate holds, std::chrono::milliseconds limit = patience) {
  const Deadline deadline{limit};
  while (!holds()) {
    if (deadline.passed()) throw std::runtime_error("timed out waiting until " + std::string{fact});
    const timespec pause{0, 1'000'000};
    ::nanosleep(&pause, nullptr);
  }
}

}  // namespace harness

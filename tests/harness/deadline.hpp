// Deadlines: everything in the harness that waits has one, and waits for an event.
//
//   Deadline deadline{2s};            an absolute end that is passed down
//   eventually("no zombie is left", [&] { return container.zombies() == 0; });
#pragma once

#include <time.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

#include "harness/measure/yardstick.hpp"

namespace harness {

using Clock = std::chrono::steady_clock;

// Far longer than anything here needs on a quiet machine, so that only a hang reaches it.
inline constexpr std::chrono::milliseconds patience{20'000};

// The limit holds on a quiet machine. A slower machine gets proportionally more (yardstick.hpp); its slowness
// is measured when the limit has passed, and again when the longer limit has.
class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds limit)
      : limit_{limit}, begin_{Clock::now()}, end_{begin_ + limit} {}

  bool passed() const { return Clock::now() >= end_ && !extend(); }

  // For poll(2): the milliseconds left, rounded up, so that a return of 0 means that it has passed.
  int poll_timeout() const {
    if (passed()) return 0;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end_ - Clock::now());
    return left.count() > 0 ? static_cast<int>(left.count()) : 1;
  }

 private:
  bool extend() const {
    if (limit_.count() <= 0) return false;
    end_ = std::max(end_, begin_ + allowance(limit_));
    return Clock::now() < end_;
  }

  std::chrono::milliseconds limit_;
  Clock::time_point begin_;
  mutable Clock::time_point end_;
};

// For states that have no descriptor to wait on, such as the state of a process in /proc: checks the state
// every millisecond. Throws if the limit passes.
template <typename Predicate>
void eventually(std::string_view fact, Predicate holds, std::chrono::milliseconds limit = patience) {
  const Deadline deadline{limit};
  while (!holds()) {
    if (deadline.passed()) throw std::runtime_error("timed out waiting until " + std::string{fact});
    const timespec pause{0, 1'000'000};
    ::nanosleep(&pause, nullptr);
  }
}

// The same for work of any length: the limit begins anew each time that `progress`, a number, has changed, so
// that only a standstill reaches it.
template <typename Predicate, typename Progress>
void eventually_while(std::string_view fact, Predicate holds, Progress progress,
                      std::chrono::milliseconds limit = patience) {
  Deadline deadline{limit};
  auto before = progress();
  while (!holds()) {
    if (const auto now = progress(); now != before) {
      before = now;
      deadline = Deadline{limit};
    }
    if (deadline.passed()) throw std::runtime_error("no progress while waiting until " + std::string{fact});
    const timespec pause{0, 1'000'000};
    ::nanosleep(&pause, nullptr);
  }
}

}  // namespace harness

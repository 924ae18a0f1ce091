// Decides when to probe again. Pure: no system call, no clock, no global; the events tell the time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "base/deadline.hpp"
#include "healthcheck/protocol/verdict.hpp"
#include "healthcheck/target/plan.hpp"

namespace healthcheck {

using base::Instant;

// The next action for run().
struct Action {
  enum class Kind : std::uint8_t {
    Attempt,  // probe every target, before `deadline`
    Pause,    // wait until `deadline.end`
    Finish,   // with the verdict of the last attempt
  };
  Kind kind{};
  base::Deadline deadline{};
};

struct AttemptEnded {
  Health health;
  Instant now;
};
struct PauseEnded {
  Instant now;
};

// Returns whether this verdict on one of the targets is the verdict of the attempt.
constexpr bool is_decisive(const Plan& plan, Health health) {
  return (health == Health::Healthy) == plan.any;
}

// The deadline of the next of `left` targets. With --any, a target that does not answer must not use up the
// time of those after it: each has an equal share of the time that is left.
constexpr base::Deadline deadline_of_next(const Plan& plan, base::Deadline attempt, Instant now,
                                          std::int64_t left) {
  if (!plan.any) return attempt;
  Duration share{(attempt.end - now).nanoseconds / left};
  return {now + share, share};
}

// Without --wait there is one attempt. With it there is one attempt every --interval until one is healthy;
// the last is made when --wait ends, however long the interval is.
class Attempts {
 public:
  constexpr Attempts(const Plan& plan, Instant start)
      : timeout_(plan.timeout ? std::min(plan.timeout, forever) : forever),
        interval_(std::max(plan.interval, min_pause)),
        repeats_(bool{plan.wait}),
        end_(start + plan.wait) {}

  constexpr Action start(Instant now) const {
    Duration limit = repeats_ ? std::min(timeout_, end_ - now) : timeout_;
    return {Action::Kind::Attempt, {now + limit, limit}};
  }

  constexpr Action on(AttemptEnded event) {
    // A clock that has failed stands still. Count the pauses all the same, because the kernel has timed them.
    Instant now = std::max(event.now, pause_end_);
    Duration left = end_ - now;
    if (event.health == Health::Healthy || !repeats_ || is_last_ || left <= min_pause)
      return {Action::Kind::Finish};
    pause_end_ = now + interval_;
    // The last attempt needs some time for an answer, because nothing may outlast --wait.
    Duration reserve = std::min({timeout_, max_reserve, Duration{left.nanoseconds / 8}});
    Instant last_start{end_.nanoseconds - reserve.nanoseconds};
    is_last_ = pause_end_ >= last_start;
    if (is_last_) pause_end_ = last_start;
    return {Action::Kind::Pause, {pause_end_, pause_end_ - now}};
  }

  constexpr Action on(PauseEnded event) const {
    Instant now = std::max(event.now, pause_end_);
    // The kernel may wake a process late.
    if (now >= end_) return {Action::Kind::Finish};
    return start(now);
  }

 private:
  // ppoll(2) takes no more than this on 32-bit architectures: 68 years.
  static constexpr Duration forever = base::seconds(std::numeric_limits<std::int32_t>::max());
  // With --interval=0, a service that refuses every connection at once would keep a processor busy.
  static constexpr Duration min_pause = base::milliseconds(1);
  static constexpr Duration max_reserve = base::milliseconds(100);

  Duration timeout_, interval_;
  bool repeats_, is_last_ = false;
  Instant end_, pause_end_{};
};

}  // namespace healthcheck

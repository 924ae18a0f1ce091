// The policy of --timeout, --wait and --interval, as lists of events.
#include "healthcheck/attempts.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace healthcheck {
namespace {

using base::milliseconds;
using base::seconds;
using Kind = Action::Kind;

constexpr Instant at(std::int64_t count) { return Instant{} + milliseconds(count); }

constexpr Plan plan(Duration timeout, Duration wait, Duration interval) {
  Plan plan;
  plan.timeout = timeout;
  plan.wait = wait;
  plan.interval = interval;
  return plan;
}

constexpr bool attempts_until(Action action, Instant end) {
  return action.kind == Kind::Attempt && action.deadline.end == end;
}
constexpr bool pauses_until(Action action, Instant end) {
  return action.kind == Kind::Pause && action.deadline.end == end;
}

constexpr Action after_one_attempt(Plan plan, Health health, Instant now) {
  return Attempts{plan, Instant{}}.on(AttemptEnded{health, now});
}

// Without --wait there is one attempt, whatever the verdict.
constexpr Plan once = plan(seconds(3), {}, milliseconds(500));
static_assert(attempts_until(Attempts(once, at(7)).start(at(7)), at(3007)));
static_assert(Attempts(once, {}).start({}).deadline.limit == seconds(3));
static_assert(after_one_attempt(once, Health::Healthy, at(1)).kind == Kind::Finish);
static_assert(after_one_attempt(once, Health::Unhealthy, at(1)).kind == Kind::Finish);

// --timeout=0 is no limit but ppoll's.
static_assert(Attempts(plan({}, {}, {}), {}).start({}).deadline.limit > seconds(60LL * 365 * 86'400));

// --wait limits an attempt too.
constexpr Plan waiting = plan(seconds(3), seconds(10), milliseconds(500));
static_assert(attempts_until(Attempts(waiting, {}).start({}), at(3000)));
static_assert(attempts_until(Attempts(waiting, {}).start(at(8000)), at(10'000)));
static_assert(after_one_attempt(waiting, Health::Healthy, at(1)).kind == Kind::Finish);
static_assert(pauses_until(after_one_attempt(waiting, Health::Unhealthy, at(1)), at(501)));
static_assert(after_one_attempt(waiting, Health::Unhealthy, at(10'000)).kind == Kind::Finish);

// Without --any, each target has the time of the whole attempt.
constexpr base::Deadline attempt{at(3000), seconds(3)};
constexpr bool ends_at(base::Deadline deadline, Instant end, Duration limit) {
  return deadline.end == end && deadline.limit == limit;
}
static_assert(ends_at(deadline_of_next(once, attempt, at(1000), 2), at(3000), seconds(3)));

// With --any, each has an equal share of the time that is left, and the last has all of it.
constexpr Plan any_of(Plan plan) {
  plan.any = true;
  return plan;
}
constexpr Plan any = any_of(once);
static_assert(ends_at(deadline_of_next(any, attempt, at(0), 3), at(1000), seconds(1)));
static_assert(ends_at(deadline_of_next(any, attempt, at(1000), 2), at(2000), seconds(1)));
static_assert(ends_at(deadline_of_next(any, attempt, at(400), 2), at(1700), milliseconds(1300)));
static_assert(ends_at(deadline_of_next(any, attempt, at(2000), 1), at(3000), seconds(1)));

// The first unhealthy target decides, or with --any the first healthy one.
static_assert(is_decisive(once, Health::Unhealthy) && !is_decisive(once, Health::Healthy));
static_assert(is_decisive(any, Health::Healthy) && !is_decisive(any, Health::Unhealthy));

struct Made {
  std::vector<std::int64_t> starts;  // in milliseconds
  std::int64_t end = 0;
};

std::int64_t in_milliseconds(Instant instant) { return instant.nanoseconds / 1'000'000; }

// Runs against a service that takes `answer` for each unhealthy answer. A clock that has failed always reads
// the start.
enum class Clock { Works, Failed };
Made run(const Plan& plan, Duration answer, Clock clock = Clock::Works) {
  Attempts attempts{plan, Instant{}};
  Made made;
  Instant now{};
  auto told = [&] { return clock == Clock::Works ? now : Instant{}; };
  Action action = attempts.start(told());
  while (action.kind != Kind::Finish && made.starts.size() < 20'000) {
    if (action.kind == Kind::Attempt) {
      made.starts.push_back(in_milliseconds(now));
      now = clock == Clock::Works ? std::min(now + answer, action.deadline.end) : now;
      action = attempts.on(AttemptEnded{Health::Unhealthy, told()});
    } else {
      now = clock == Clock::Works ? action.deadline.end : now + action.deadline.limit;
      action = attempts.on(PauseEnded{told()});
    }
  }
  made.end = in_milliseconds(now);
  return made;
}

TEST(Attempts, IntervalIsThePauseBetweenTwo) {
  EXPECT_EQ(run(plan(seconds(3), seconds(2), milliseconds(500)), milliseconds(200)).starts,
            (std::vector<std::int64_t>{0, 700, 1400, 1950}));
}

TEST(Attempts, LastOneIsAtTheEndOfWait) {
  struct Case {
    Duration wait, interval;
    std::vector<std::int64_t> starts;
  };
  for (const Case& row : {Case{milliseconds(450), milliseconds(500), {0, 393}},
                          {seconds(10), seconds(10), {0, 9900}},
                          {seconds(10), seconds(60), {0, 9900}},
                          {seconds(1), milliseconds(400), {0, 400, 800, 975}}}) {
    EXPECT_EQ(run(plan(seconds(3), row.wait, row.interval), {}).starts, row.starts)
        << in_milliseconds(Instant{} + row.wait);
  }
}

TEST(Attempts, NothingOutlastsWait) {
  for (std::int64_t wait : {1, 2, 10, 449, 450, 1000, 3001, 10'000})
    for (std::int64_t interval : {0, 1, 300, 500, 20'000})
      for (std::int64_t answer : {0, 1, 99, 2999, 60'000})
        EXPECT_LE(run(plan(seconds(3), milliseconds(wait), milliseconds(interval)), milliseconds(answer)).end,
                  wait)
            << wait << " " << interval << " " << answer;
}

// The kernel may wake a process long after the end of its pause, and after the end of --wait.
TEST(Attempts, PauseThatEndsLateLeavesNoAttemptBeyondWait) {
  for (std::int64_t late : {0, 1, 11, 12, 13, 5000}) {
    Attempts attempts{plan(seconds(3), milliseconds(100), seconds(10)), Instant{}};
    const Action pause = attempts.on(AttemptEnded{Health::Unhealthy, at(1)});
    const Action last = attempts.on(PauseEnded{pause.deadline.end + milliseconds(late)});
    EXPECT_EQ(last.kind, late < 13 ? Kind::Attempt : Kind::Finish) << late;
    EXPECT_TRUE(last.kind == Kind::Finish || last.deadline.end == at(100)) << late;
  }
}

TEST(Attempts, IntervalOfZeroPausesNevertheless) {
  const Made made = run(plan(seconds(3), seconds(1), {}), {});
  EXPECT_LE(made.starts.size(), 1001U);
  EXPECT_GE(made.starts.size(), 500U);
}

TEST(Attempts, NoIntervalLetsAFailedClockWaitForever) {
  for (std::int64_t interval : {0, 100, 500}) {
    const Made made = run(plan(seconds(3), seconds(1), milliseconds(interval)), {}, Clock::Failed);
    EXPECT_LT(made.starts.size(), 1100U) << interval;
    EXPECT_LE(made.end, 1100) << interval;
  }
}

}  // namespace
}  // namespace healthcheck

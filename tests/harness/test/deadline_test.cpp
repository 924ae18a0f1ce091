// Tests that a wait ends at a standstill, and not while there is progress.
#include "harness/deadline.hpp"

#include <gtest/gtest.h>

namespace harness {
namespace {

using namespace std::chrono_literals;

TEST(Deadline, PassesAlthoughItGrowsWithTheMachinesDelay) {
  const Deadline deadline{1ms};
  EXPECT_NO_THROW(eventually("the deadline has passed", [&] { return deadline.passed(); }));
  EXPECT_EQ(deadline.poll_timeout(), 0);
}

TEST(EventuallyWhile, StandstillEndsTheWait) {
  EXPECT_THROW(eventually_while("never", [] { return false; }, [] { return 0; }, 10ms), std::runtime_error);
}

TEST(EventuallyWhile, ProgressKeepsTheWaitGoing) {
  const auto begin = Clock::now();
  const auto long_enough = 20 * allowance(10ms);
  int steps = 0;
  eventually_while(
      "it has gone on for long", [&] { return Clock::now() - begin > long_enough; }, [&] { return ++steps; },
      10ms);
  EXPECT_GT(steps, 1);
}

TEST(Yardstick, AllowsAtLeastAQuietMachinesTime) {
  EXPECT_GE(slowness(), 1);
  EXPECT_GE(allowance(100ms), 100ms);
}

TEST(Yardstick, LimitsAreWrittenAsTheProgramsWriteThem) {
  const Limit shorter{1ms}, longer{1001ms};
  EXPECT_EQ(shorter.text(), std::to_string(shorter.time().count()) + "ms");
  EXPECT_GE(longer.time(), 2s);
  EXPECT_EQ(longer.text(), std::to_string(longer.time() / 1s) + "s");
  EXPECT_EQ(longer.time() % 1s, 0s);
}

}  // namespace
}  // namespace harness

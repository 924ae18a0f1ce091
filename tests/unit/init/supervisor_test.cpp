#include <gtest/gtest.h>

#include "init/supervisor_events.hpp"

namespace init {
namespace {

TEST(Supervisor, EverySignalIsForwardedUnchanged) {
  constexpr bool all = [] {
    Supervisor supervisor{Policy{}, 1};
    for (Signal signal = 1; signal <= base::last_signal; ++signal)
      if (signal != SIGTERM && !forwards(supervisor.on(SignalArrived{signal, at(0)}), signal)) return false;
    return stops(supervisor.on(SignalArrived{SIGTERM, at(0)}), SIGTERM);
  }();
  static_assert(all);
}

TEST(Supervisor, EveryStatusIsReturned) {
  constexpr bool all = [] {
    for (int status = 0; status < 256; ++status) {
      Supervisor supervisor{Policy{}, 1};
      if (supervisor.on(ProgramEnded{status, at(0)}).kind != Kind::Nothing) return false;
      if (!exits(supervisor.on(Reaped{Remaining::None, at(0)}), status)) return false;
    }
    return true;
  }();
  static_assert(all);
}

TEST(Supervisor, EveryStatusCanBeMapped) {
  for (int from = 0; from < 256; ++from) {
    auto result = static_cast<std::uint8_t>(255 - from / 2);
    Policy policy = with([&](Policy& p) { p.exit_map.set(static_cast<std::uint8_t>(from), result); });
    for (int status = 0; status < 256; ++status) {
      Supervisor supervisor{policy, 1};
      supervisor.on(ProgramEnded{status, at(0)});
      EXPECT_TRUE(exits(supervisor.on(Reaped{Remaining::None, at(0)}), status == from ? result : status))
          << from << status;
    }
  }
}

TEST(Supervisor, RewrittenSignalsArriveAsTheNewOne) {
  constexpr Policy policy = with([](Policy& p) {
    p.rewrite.set(SIGHUP, SIGUSR1);
    p.rewrite.set(SIGINT, 0);
    p.rewrite.set(37, 64);
  });
  Supervisor supervisor{policy, 1};
  EXPECT_TRUE(forwards(supervisor.on(SignalArrived{SIGHUP, at(0)}), SIGUSR1));
  EXPECT_EQ(supervisor.on(SignalArrived{SIGINT, at(0)}).kind, Kind::Nothing);
  EXPECT_TRUE(forwards(supervisor.on(SignalArrived{37, at(0)}), 64));
}

TEST(Supervisor, StopSignalCountsBeforeAndAfterRewriting) {
  constexpr Policy quits = with([](Policy& p) { p.rewrite.set(SIGTERM, SIGQUIT); });
  Supervisor first{quits, 1};
  EXPECT_TRUE(stops(first.on(SignalArrived{SIGTERM, at(0)}), SIGQUIT));
  constexpr Policy from_int = with([](Policy& p) { p.rewrite.set(SIGINT, SIGTERM); });
  Supervisor second{from_int, 1};
  EXPECT_TRUE(stops(second.on(SignalArrived{SIGINT, at(0)}), SIGTERM));
}

TEST(Supervisor, StopSignalCanBeChosen) {
  constexpr Policy policy = with([](Policy& p) { p.stop_signal = SIGQUIT; });
  Supervisor supervisor{policy, 1};
  EXPECT_TRUE(forwards(supervisor.on(SignalArrived{SIGTERM, at(0)}), SIGTERM));
  EXPECT_TRUE(stops(supervisor.on(SignalArrived{SIGQUIT, at(0)}), SIGQUIT));
}

TEST(Supervisor, StopDelayHoldsOnlyTheStopSignal) {
  constexpr Policy policy = with([](Policy& p) { p.stop_delay = seconds(10); });
  Supervisor supervisor{policy, 1};
  EXPECT_EQ(supervisor.on(SignalArrived{SIGTERM, at(0)}).kind, Kind::DelayStop);
  EXPECT_EQ(supervisor.deadline(), at(10));
  EXPECT_TRUE(forwards(supervisor.on(SignalArrived{SIGHUP, at(1)}), SIGHUP));
  EXPECT_EQ(supervisor.on(TimePassed{at(9)}).kind, Kind::Nothing);
  EXPECT_TRUE(stops(supervisor.on(TimePassed{at(10)}), SIGTERM));
  EXPECT_EQ(supervisor.deadline(), Instant::never());
}

TEST(Supervisor, SecondStopSignalEndsDelay) {
  constexpr Policy policy = with([](Policy& p) { p.stop_delay = seconds(10); });
  Supervisor supervisor{policy, 1};
  supervisor.on(SignalArrived{SIGTERM, at(0)});
  EXPECT_TRUE(stops(supervisor.on(SignalArrived{SIGTERM, at(1)}), SIGTERM));
  EXPECT_EQ(supervisor.deadline(), Instant::never());
  EXPECT_TRUE(stops(supervisor.on(SignalArrived{SIGTERM, at(2)}), SIGTERM))
      << "it is forwarded, not held again";
}

TEST(Supervisor, DelayEndsWhenProgramExits) {
  constexpr Policy policy = with([](Policy& p) { p.stop_delay = seconds(10); });
  Supervisor supervisor{policy, 1};
  supervisor.on(SignalArrived{SIGTERM, at(0)});
  supervisor.on(ProgramEnded{3, at(1)});
  EXPECT_EQ(supervisor.deadline(), Instant::never());
  EXPECT_TRUE(exits(supervisor.on(Reaped{Remaining::None, at(1)}), 3));
}

TEST(Supervisor, GraceStartsWhenStopSignalIsForwarded) {
  constexpr Policy policy = with([](Policy& p) {
    p.stop_delay = seconds(10);
    p.grace = seconds(5);
  });
  Supervisor supervisor{policy, 1};
  supervisor.on(SignalArrived{SIGTERM, at(0)});
  EXPECT_EQ(supervisor.deadline(), at(10));
  supervisor.on(TimePassed{at(10)});
  EXPECT_EQ(supervisor.deadline(), at(15));
  supervisor.on(SignalArrived{SIGTERM, at(12)});
  EXPECT_EQ(supervisor.deadline(), at(15)) << "another stop signal does not prolong it";
  EXPECT_EQ(supervisor.on(TimePassed{at(15)}).kind, Kind::KillRemaining);
  supervisor.on(ProgramEnded{137, at(15)});
  EXPECT_TRUE(exits(supervisor.on(Reaped{Remaining::None, at(15)}), 137));
}

TEST(Supervisor, KillingIsRepeatedUntilNoProcessIsLeft) {
  constexpr Policy policy = with([](Policy& p) { p.grace = seconds(5); });
  Supervisor supervisor{policy, 1};
  supervisor.on(SignalArrived{SIGTERM, at(0)});
  EXPECT_EQ(supervisor.on(TimePassed{at(5)}).kind, Kind::KillRemaining);
  EXPECT_EQ(supervisor.deadline(), at(5) + milliseconds(100));
  supervisor.on(ProgramEnded{137, at(5)});
  EXPECT_EQ(supervisor.on(Reaped{Remaining::Children, at(5)}).kind, Kind::Nothing)
      << "it is killed, not asked";
  EXPECT_EQ(supervisor.on(TimePassed{at(6)}).kind, Kind::KillRemaining);
  EXPECT_TRUE(exits(supervisor.on(Reaped{Remaining::None, at(6)}), 137));
}

}  // namespace
}  // namespace init

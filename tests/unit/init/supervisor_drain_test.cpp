// The end of everything that PROGRAM left: the moment before SIGTERM, strangers in the namespace, --wait-all.
#include <gtest/gtest.h>

#include "init/supervisor_events.hpp"

namespace init {
namespace {

TEST(Drain, FilterThatEndsWithinTheMomentIsNotAskedToStop) {
  Supervisor supervisor{Policy{}, 1};
  supervisor.on(ProgramEnded{2, at(0)});
  supervisor.on(Reaped{Remaining::Children, at(0)});
  EXPECT_EQ(supervisor.on(TimePassed{at(0) + milliseconds(249)}).kind, Kind::Nothing);
  EXPECT_TRUE(exits(supervisor.on(Reaped{Remaining::None, at(0)}), 2));
}

TEST(Drain, MomentLeavesHalfOfAShortDrainForTheStop) {
  constexpr Policy policy = with([](Policy& p) { p.drain = milliseconds(100); });
  Supervisor supervisor{policy, 1};
  supervisor.on(ProgramEnded{0, at(0)});
  supervisor.on(Reaped{Remaining::Children, at(0)});
  EXPECT_EQ(supervisor.deadline(), at(0) + milliseconds(50));
  EXPECT_EQ(supervisor.on(TimePassed{at(1)}).kind, Kind::TerminateRemaining) << "although late for the kill";
  EXPECT_EQ(supervisor.on(TimePassed{at(1)}).kind, Kind::KillRemaining);
}

TEST(Drain, StopSignalEndsTheMoment) {
  Supervisor supervisor{Policy{}, 1};
  supervisor.on(ProgramEnded{0, at(0)});
  supervisor.on(Reaped{Remaining::Children, at(0)});
  EXPECT_EQ(supervisor.on(SignalArrived{SIGTERM, at(0)}).kind, Kind::TerminateRemaining);
  EXPECT_EQ(supervisor.deadline(), at(5)) << "it is not asked again when the moment would have ended";
}

TEST(Drain, StopDuringTheDrainStartsTheGracePeriod) {
  constexpr Policy policy = with([](Policy& p) {
    p.drain = seconds(60);
    p.grace = seconds(2);
  });
  Supervisor supervisor{policy, 1};
  supervisor.on(ProgramEnded{0, at(0)});
  supervisor.on(Reaped{Remaining::Children, at(0)});
  supervisor.on(SignalArrived{SIGTERM, at(10)});
  EXPECT_EQ(supervisor.deadline(), at(12));
  EXPECT_EQ(supervisor.on(TimePassed{at(12)}).kind, Kind::KillRemaining);
}

TEST(Drain, StrangersAreLookedForSinceNobodyTellsOfTheirEnd) {
  Supervisor supervisor{Policy{}, 1};
  supervisor.on(ProgramEnded{6, at(0)});
  EXPECT_EQ(supervisor.on(Reaped{Remaining::Strangers, at(0)}).kind, Kind::Nothing);
  EXPECT_EQ(supervisor.deadline(), at(0) + milliseconds(100));
  EXPECT_EQ(supervisor.on(TimePassed{supervisor.deadline()}).kind, Kind::CheckRemaining);
  EXPECT_EQ(supervisor.deadline(), at(0) + milliseconds(200));
  EXPECT_TRUE(exits(supervisor.on(Reaped{Remaining::None, at(0)}), 6));
}

TEST(Drain, ChildrenAreNotLookedForAgainAndAgain) {
  Supervisor supervisor{Policy{}, 1};
  supervisor.on(ProgramEnded{6, at(0)});
  supervisor.on(Reaped{Remaining::Children, at(0)});
  supervisor.on(TimePassed{at(1)});
  EXPECT_EQ(supervisor.deadline(), at(5));
}

TEST(Drain, ProgramThatCannotBeKilledDoesNotKeepInitForEver) {
  constexpr Policy policy = with([](Policy& p) { p.grace = seconds(1); });
  Supervisor supervisor{policy, 1};
  supervisor.on(SignalArrived{SIGTERM, at(0)});
  Action action;
  do action = supervisor.on(TimePassed{supervisor.deadline()});
  while (action.kind == Kind::KillRemaining);
  EXPECT_EQ(action.kind, Kind::GiveUp);
  EXPECT_EQ(action.status, 128 + SIGKILL);
}

constexpr Policy wait_all = with([](Policy& p) { p.wait_all = true; });

TEST(WaitAll, NothingIsAskedToStopAndTheStatusIsPrograms) {
  Supervisor supervisor{wait_all, 1};
  supervisor.on(ProgramEnded{4, at(0)});
  EXPECT_EQ(supervisor.on(Reaped{Remaining::Children, at(0)}).kind, Kind::Nothing);
  EXPECT_EQ(supervisor.deadline(), Instant::never());
  EXPECT_TRUE(exits(supervisor.on(Reaped{Remaining::None, at(100)}), 4));
}

TEST(WaitAll, SignalsGoToAllThatIsLeft) {
  Supervisor supervisor{wait_all, 1};
  supervisor.on(ProgramEnded{0, at(0)});
  supervisor.on(Reaped{Remaining::Children, at(0)});
  EXPECT_TRUE(forwards(supervisor.on(SignalArrived{SIGHUP, at(1)}), SIGHUP));
  EXPECT_TRUE(stops(supervisor.on(SignalArrived{SIGTERM, at(1)}), SIGTERM));
}

TEST(WaitAll, StopAfterProgramHasDelayAndGracePeriod) {
  constexpr Policy policy = with([](Policy& p) {
    p.wait_all = true;
    p.stop_delay = seconds(2);
    p.grace = seconds(3);
  });
  Supervisor supervisor{policy, 1};
  supervisor.on(ProgramEnded{0, at(0)});
  supervisor.on(Reaped{Remaining::Children, at(0)});
  EXPECT_EQ(supervisor.on(SignalArrived{SIGTERM, at(10)}).kind, Kind::DelayStop);
  EXPECT_TRUE(stops(supervisor.on(TimePassed{at(12)}), SIGTERM));
  EXPECT_EQ(supervisor.on(TimePassed{at(15)}).kind, Kind::KillRemaining);
}

TEST(WaitAll, ProgramsEndEndsTheDelayAndTheStopIsForwarded) {
  constexpr Policy policy = with([](Policy& p) {
    p.wait_all = true;
    p.stop_delay = seconds(60);
  });
  Supervisor supervisor{policy, 1};
  supervisor.on(SignalArrived{SIGTERM, at(0)});
  EXPECT_TRUE(stops(supervisor.on(ProgramEnded{0, at(1)}), SIGTERM));
  EXPECT_EQ(supervisor.deadline(), Instant::never());
}

TEST(StopSignals, EachOfThoseThatAreNamedIsOneAndNoOther) {
  constexpr Policy policy = with([](Policy& p) {
    p.stop_signal = SIGQUIT;
    p.stop_signals = base::SignalSet{}.with(SIGQUIT).with(SIGINT);
  });
  Supervisor supervisor{policy, 1};
  EXPECT_TRUE(forwards(supervisor.on(SignalArrived{SIGTERM, at(0)}), SIGTERM));
  EXPECT_TRUE(stops(supervisor.on(SignalArrived{SIGINT, at(0)}), SIGINT));
  EXPECT_TRUE(stops(supervisor.on(SignalArrived{SIGQUIT, at(0)}), SIGQUIT));
}

TEST(StopSignals, TogetherTheRestAreAskedAlthoughTheStopSignalIsDropped) {
  constexpr Policy policy = with([](Policy& p) { p.rewrite.set(SIGTERM, 0); });
  Supervisor supervisor{policy, 2};
  EXPECT_EQ(supervisor.on(SignalArrived{SIGTERM, at(0)}).kind, Kind::Nothing);
  EXPECT_TRUE(stops(supervisor.on(ProgramEnded{0, at(0)}), SIGTERM));
}

}  // namespace
}  // namespace init

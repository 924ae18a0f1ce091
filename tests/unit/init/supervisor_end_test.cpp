#include <gtest/gtest.h>

#include "init/supervisor_events.hpp"

namespace init {
namespace {

TEST(Supervisor, InitDoesNotWaitForeverForProcessThatCannotBeKilled) {
  Supervisor supervisor{Policy{}, 1};
  supervisor.on(ProgramEnded{3, at(0)});
  supervisor.on(Reaped{Remaining::Children, at(0)});
  supervisor.on(TimePassed{at(1)});
  Instant now = at(5);
  int kills = 0;
  for (Action action = supervisor.on(TimePassed{now}); action.kind == Kind::KillRemaining; ++kills) {
    now = supervisor.deadline();
    action = supervisor.on(TimePassed{now});
    if (action.kind == Kind::KillRemaining) continue;
    EXPECT_EQ(action.kind, Kind::GiveUp) << "and not without a word";
    EXPECT_EQ(action.status, 3);
  }
  EXPECT_EQ(kills, 50);
  EXPECT_LE(now, at(11));
}

TEST(Supervisor, OrphansAreAskedOnceAndThenKilled) {
  Supervisor supervisor{Policy{}, 1};
  supervisor.on(ProgramEnded{0, at(0)});
  EXPECT_EQ(supervisor.on(Reaped{Remaining::Children, at(0)}).kind, Kind::Nothing);
  Instant moment_ends = at(0) + milliseconds(250);
  EXPECT_EQ(supervisor.deadline(), moment_ends) << "it may end by itself";
  EXPECT_EQ(supervisor.on(TimePassed{moment_ends}).kind, Kind::TerminateRemaining);
  EXPECT_EQ(supervisor.deadline(), at(5));
  EXPECT_EQ(supervisor.on(Reaped{Remaining::Children, at(1)}).kind, Kind::Nothing);
  EXPECT_EQ(supervisor.on(SignalArrived{SIGTERM, at(2)}).kind, Kind::TerminateRemaining)
      << "a stop signal asks again";
  EXPECT_EQ(supervisor.deadline(), at(5));
  EXPECT_EQ(supervisor.on(TimePassed{at(5)}).kind, Kind::KillRemaining);
  EXPECT_EQ(supervisor.on(SignalArrived{SIGTERM, at(5)}).kind, Kind::Nothing);
  EXPECT_TRUE(exits(supervisor.on(Reaped{Remaining::None, at(5)}), 0));
}

TEST(Supervisor, DrainEndsEarlyWhenAllAreGone) {
  Supervisor supervisor{Policy{}, 1};
  supervisor.on(ProgramEnded{9, at(0)});
  supervisor.on(Reaped{Remaining::Children, at(0)});
  EXPECT_TRUE(exits(supervisor.on(Reaped{Remaining::None, at(1)}), 9));
}

TEST(Supervisor, GraceBoundsTheDrainToo) {
  constexpr Policy policy = with([](Policy& p) {
    p.grace = seconds(3);
    p.drain = seconds(60);
  });
  Supervisor supervisor{policy, 1};
  supervisor.on(SignalArrived{SIGTERM, at(0)});
  supervisor.on(ProgramEnded{0, at(1)});
  supervisor.on(Reaped{Remaining::Children, at(1)});
  supervisor.on(TimePassed{at(2)});
  EXPECT_EQ(supervisor.deadline(), at(3));
}

TEST(Supervisor, WithoutDrainInitExitsAtOnce) {
  constexpr Policy policy = with([](Policy& p) { p.drain = {}; });
  Supervisor supervisor{policy, 1};
  supervisor.on(ProgramEnded{1, at(0)});
  EXPECT_TRUE(exits(supervisor.on(Reaped{Remaining::Children, at(0)}), 1));
}

TEST(Supervisor, ReapedProgramGetsNoSignal) {
  for (Scope scope : {Scope::Program, Scope::Group, Scope::All}) {
    Supervisor supervisor{with([&](Policy& p) { p.scope = scope; }), 1};
    supervisor.on(ProgramEnded{0, at(0)});
    supervisor.on(Reaped{Remaining::Children, at(0)});
    Action action = supervisor.on(SignalArrived{SIGHUP, at(0)});
    EXPECT_EQ(action.kind, scope == Scope::All ? Kind::Forward : Kind::Nothing);
  }
}

TEST(Supervisor, FirstEndOfSeveralStopsTheRestAndGivesTheStatus) {
  constexpr Policy policy = with([](Policy& p) { p.grace = seconds(5); });
  Supervisor supervisor{policy, 3};
  EXPECT_TRUE(stops(supervisor.on(ProgramEnded{7, at(0)}), SIGTERM));
  EXPECT_EQ(supervisor.deadline(), at(5));
  EXPECT_EQ(supervisor.on(ProgramEnded{143, at(1)}).kind, Kind::Nothing);
  EXPECT_TRUE(supervisor.has_programs());
  supervisor.on(ProgramEnded{0, at(2)});
  EXPECT_TRUE(exits(supervisor.on(Reaped{Remaining::None, at(2)}), 7));
}

TEST(Supervisor, PauseEndsOnlyOnTermOrInt) {
  constexpr Policy policy = with([](Policy& p) { p.pause = true; });
  for (Signal signal = 1; signal <= base::last_signal; ++signal) {
    Supervisor supervisor{policy, 0};
    Kind kind = supervisor.on(SignalArrived{signal, at(0)}).kind;
    EXPECT_EQ(kind, signal == SIGTERM || signal == SIGINT ? Kind::Exit : Kind::Nothing) << int{signal};
    EXPECT_EQ(supervisor.on(Reaped{Remaining::None, at(0)}).kind, Kind::Nothing);
  }
}

TEST(Supervisor, ParentsDeathIsAsIfItsSignalHadArrived) {
  constexpr Policy policy = with([](Policy& p) { p.parent_death_signal = SIGHUP; });
  Supervisor supervisor{policy, 1};
  EXPECT_TRUE(forwards(supervisor.on(ParentDied{at(0)}), SIGHUP));
  EXPECT_EQ(supervisor.deadline(), Instant::never()) << "no stop follows";
}

TEST(Supervisor, ParentsDeathIsAStopIfItsSignalIsOne) {
  constexpr Policy policy = with([](Policy& p) {
    p.parent_death_signal = SIGTERM;
    p.stop_delay = seconds(3);
  });
  Supervisor supervisor{policy, 1};
  EXPECT_EQ(supervisor.on(ParentDied{at(0)}).kind, Kind::DelayStop);
  EXPECT_TRUE(stops(supervisor.on(TimePassed{at(3)}), SIGTERM));
}

TEST(Supervisor, ContainerNeverFreezes) {
  Supervisor supervisor{Policy{}, 1};
  EXPECT_EQ(supervisor.on(ProgramStopped{SIGTSTP, Place::FirstProcess}).kind, Kind::Continue);
  EXPECT_EQ(supervisor.on(ProgramStopped{SIGSTOP, Place::FirstProcess}).kind, Kind::Nothing);
  EXPECT_EQ(supervisor.on(ProgramStopped{SIGTTIN, Place::FirstProcess}).kind, Kind::Nothing)
      << "init would spin";
  EXPECT_EQ(supervisor.on(ProgramStopped{SIGTSTP, Place::OnTerminal}).kind, Kind::Suspend);
  EXPECT_EQ(supervisor.on(ProgramStopped{SIGSTOP, Place::OnTerminal}).kind, Kind::Nothing)
      << "whoever sent it continues PROGRAM, and not init";
}

}  // namespace
}  // namespace init

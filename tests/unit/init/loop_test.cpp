// Tests the loop around the supervisor on a scripted system: which signals it sends to which process, and
// when it reaps.
#include "scripted_loop.hpp"

namespace init {
namespace {

class LoopTest : public ScriptedLoop {};

TEST_F(LoopTest, ForwardsToProgramAndExitsWithItsStatus) {
  arrive({.signal = SIGHUP});
  end(7, exited(3));
  EXPECT_EQ(run(), 3);
  EXPECT_EQ(fake::system.calls, (Calls{"kill 7 1", "reap 7"}));
}

TEST_F(LoopTest, StopSignalIsFollowedBySigcont) {
  arrive({.signal = SIGTERM});
  end(7, SIGTERM);
  EXPECT_EQ(run(), 143);
  EXPECT_EQ(fake::system.calls, (Calls{"kill 7 15", "kill 7 18", "reap 7"}));
}

TEST_F(LoopTest, CoreBitIsNotPartOfTheStatus) {
  end(7, SIGSEGV | 0x80);
  EXPECT_EQ(run(), 139);
}

TEST_F(LoopTest, GroupIsAddressedByItsLeader) {
  config_.policy.scope = Scope::Group;
  arrive({.signal = SIGUSR1});
  end(7, 0);
  run();
  EXPECT_EQ(fake::system.calls.front(), "kill -7 10");
}

TEST_F(LoopTest, AllIsMinusOneAsPid1) {
  config_.policy.scope = Scope::All;
  arrive({.signal = SIGUSR1});
  end(7, 0);
  run();
  EXPECT_EQ(fake::system.calls.front(), "kill -1 10");
}

TEST_F(LoopTest, AllIsNeverMinusOneElsewhere) {
  fake::system.self = 50;
  config_.policy.scope = Scope::All;
  arrive({.signal = SIGUSR1});
  end(7, 0);
  run();
  EXPECT_EQ(fake::system.calls.front(), "kill -7 10") << "without a /proc, the group";
  EXPECT_EQ(fake::system.messages.size(), 1U);
}

TEST_F(LoopTest, OneWakeUpReapsEveryEndedProcess) {
  fake::system.alive = {{7, 0}, {8, 0}, {9, 0}};
  arrive({.ended = {{8, 0}, {9, exited(1)}}});
  end(7, 0);
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(fake::system.calls, (Calls{"reap 8", "reap 9", "reap 7"}));
}

TEST_F(LoopTest, ReapedProgramIsNeverSignalled) {
  fake::system.alive = {{7, 0}, {8, 0}};
  end(7, exited(2));
  arrive({.when = base::Instant{1} + seconds(1), .signal = SIGUSR1});
  end(8, 0);
  EXPECT_EQ(run(), 2);
  EXPECT_EQ(fake::system.calls, (Calls{"reap 7", "kill -1 15", "kill -1 18", "reap 8"}));
}

TEST_F(LoopTest, ProcessThatIgnoresTheDrainIsKilledAfterIt) {
  fake::system.alive = {{7, 0}, {8, 0}};
  end(7, 0);
  arrive({.when = base::Instant{1} + seconds(6), .ended = {{8, SIGKILL}}});
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(fake::system.calls[3], "kill -1 9");
  EXPECT_GE(fake::system.now, base::Instant{1} + seconds(5));
}

TEST_F(LoopTest, QueuedValueIsForwarded) {
  arrive({.signal = 40, .code = SI_QUEUE, .value = 77});
  end(7, 0);
  run();
  EXPECT_EQ(fake::system.calls.front(), "sigqueue 7 40 = 77");
}

TEST_F(LoopTest, FullQueueLosesTheValueButNotTheSignal) {
  fake::system.queue_errors = {{7, EAGAIN}};
  arrive({.signal = 40, .code = SI_QUEUE, .value = 77});
  end(7, 0);
  run();
  EXPECT_EQ(fake::system.calls, (Calls{"sigqueue 7 40 = 77", "kill 7 40", "reap 7"}));
}

TEST_F(LoopTest, InitsOwnBrokenPipeIsNotForwarded) {
  arrive({.signal = SIGPIPE, .sender = 1});
  end(7, 0);
  run();
  EXPECT_EQ(fake::system.calls, Calls{"reap 7"});
}

TEST_F(LoopTest, ProcessThatIsGoneIsNotAFailure) {
  fake::system.send_errors = {{7, ESRCH}};
  arrive({.signal = SIGHUP});
  end(7, 0);
  EXPECT_EQ(run(), 0);
  EXPECT_TRUE(fake::system.messages.empty());
}

TEST_F(LoopTest, RefusedSignalIsReportedOnceAndTheLoopGoesOn) {
  fake::system.send_errors = {{7, EPERM}};
  arrive({.signal = SIGHUP});
  arrive({.signal = SIGUSR1});
  arrive({.signal = SIGTERM});
  end(7, exited(5));
  EXPECT_EQ(run(), 5);
  EXPECT_EQ(fake::system.messages, (Calls{"init: cannot send SIGHUP to 7: Operation not permitted\n"}));
}

TEST_F(LoopTest, WithoutAClockTheKernelsTimeOutIsTheTime) {
  fake::system.clock_refused = true;
  config_.policy.stop_delay = seconds(10);
  arrive({.signal = SIGTERM});
  arrive({.when = base::Instant{1} + seconds(20), .ended = {{7, 0}}});
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(fake::system.calls, (Calls{"kill 7 15", "kill 7 18", "reap 7"}));
}

TEST_F(LoopTest, StopDelayEndsByTheClock) {
  config_.policy.stop_delay = seconds(10);
  arrive({.signal = SIGTERM});
  arrive({.when = base::Instant{1} + seconds(20), .ended = {{7, 0}}});
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(fake::system.calls, (Calls{"kill 7 15", "kill 7 18", "reap 7"}));
}

TEST_F(LoopTest, ParentsDeathIsSeenOnAnySigchld) {
  fake::system.self = 50;
  config_.policy.parent_death_signal = SIGUSR2;
  fake::system.parent_died = true;
  end(7, SIGTERM);
  fake::system.arrivals.front().when = base::Instant{1} + seconds(1);
  EXPECT_EQ(run(), 143);
  EXPECT_EQ(fake::system.calls, (Calls{"kill 7 12", "reap 7"}))
      << "the signal is said to have arrived, no more";
}

TEST_F(LoopTest, AsTheFirstProcessItEndsWithTheLastOfItsNamespace) {
  fake::system.strangers = 1;
  end(7, exited(3));
  EXPECT_EQ(run(), 3);
  // They are asked to stop and then killed. If that has no effect, init ends all the same, and says so.
  EXPECT_EQ(fake::system.calls[1], "kill -1 15");
  EXPECT_EQ(fake::system.calls[3], "kill -1 9");
  EXPECT_EQ(fake::system.messages.back(), "init: leaving processes that could not be killed\n");
}

TEST_F(LoopTest, ElsewhereStrangersAreNoConcern) {
  fake::system.self = 50;
  fake::system.strangers = 1;
  end(7, exited(3));
  EXPECT_EQ(run(), 3);
  EXPECT_EQ(fake::system.calls, Calls{"reap 7"});
}

TEST_F(LoopTest, ProgramThatLeftItsGroupIsReachedAlone) {
  config_.policy.scope = Scope::Group;
  fake::system.groups = {{7, 1}};
  fake::system.send_errors = {{-7, ESRCH}};
  arrive({.signal = SIGHUP});
  end(7, 0);
  run();
  EXPECT_EQ(fake::system.calls, (Calls{"kill -7 1", "kill 7 1", "reap 7"}));
}

TEST_F(LoopTest, StopForTheDebuggerIsNotAnEnd) {
  arrive({.ended = {{7, fake::traced_by(SIGUSR1)}}});
  end(7, exited(4));
  EXPECT_EQ(run(), 4);
  EXPECT_EQ(fake::system.calls, (Calls{"reap 7", "stop tracing 7 10", "reap 7"}));
}

TEST_F(LoopTest, ProgramsLiveAndDieTogether) {
  fake::system.alive = {{7, 0}, {8, 0}};
  end(8, exited(4));
  end(7, SIGTERM);
  EXPECT_EQ(run({7, 8}), 4);
  EXPECT_EQ(fake::system.calls, (Calls{"reap 8", "kill 7 15", "kill 7 18", "reap 7"}));
}

TEST_F(LoopTest, AdoptedProcessIsNamedOnRequest) {
  config_.warn_reaped = true;
  fake::system.alive = {{7, 0}, {8, 0}};
  fake::system.files["/proc/self/stat"] = "1 (init) S 0 1 1";
  fake::system.files["/proc/8/stat"] = "8 (orphan) Z 1 8 8";
  end(8, exited(1));
  end(7, 0);
  run();
  EXPECT_EQ(fake::system.messages, (Calls{"init: reaped: orphan (PID 8) exited with status 1\n"}));
}

TEST_F(LoopTest, ProcOfAnotherNamespaceNamesNoProcess) {
  config_.warn_reaped = true;
  fake::system.alive = {{7, 0}, {8, 0}};
  fake::system.files["/proc/self/stat"] = "4711 (init) S 0 1 1";
  fake::system.files["/proc/8/stat"] = "8 (stranger) S 1 8 8";
  end(8, exited(1));
  end(7, 0);
  run();
  EXPECT_FALSE(fake::system.messages.at(0).contains("stranger")) << fake::system.messages.at(0);
}

}  // namespace
}  // namespace init

// Tests what the loop says, and what it does when a call that it waits with fails.
#include "init/report.hpp"
#include "scripted_loop.hpp"

namespace init {
namespace {

class LoopReportsTest : public ScriptedLoop {
 protected:
  // Gives the processes a /proc of init's namespace. Those after init are named `worker`.
  static void show_processes(std::initializer_list<sys::ProcessId> processes) {
    const std::string self = std::to_string(fake::system.self);
    fake::system.files["/proc/self/stat"] = self + " (init) S 0 1 1";
    for (sys::ProcessId process : processes) {
      const std::string pid = std::to_string(process);
      fake::system.files["/proc/" + pid + "/stat"] = pid + " (worker) S " + self + " " + pid + " 7";
    }
  }
};

TEST_F(LoopReportsTest, VerboseNamesEachSignalAndTheEnd) {
  config_.verbosity = 1;
  config_.policy.stop_delay = seconds(5);
  config_.policy.rewrite.set(SIGHUP, SIGUSR1);
  arrive({.signal = SIGHUP});
  arrive({.signal = SIGTERM});
  arrive({.when = base::Instant{1} + seconds(9), .ended = {{7, SIGTERM}}});
  EXPECT_EQ(run(), 143);
  EXPECT_EQ(fake::system.messages, (Calls{"init: forwarding SIGHUP as SIGUSR1\n", "init: holding SIGTERM\n",
                                          "init: forwarding SIGTERM\n", "init: PID 7 was killed by SIGTERM\n",
                                          "init: exiting with status 143\n"}));
}

TEST_F(LoopReportsTest, VerboseTellsOfTheDrain) {
  config_.verbosity = 1;
  fake::system.alive = {{7, 0}, {8, 0}};
  end(7, exited(2));
  arrive({.when = base::Instant{1} + seconds(1), .ended = {{8, SIGTERM}}});
  EXPECT_EQ(run(), 2);
  EXPECT_EQ(fake::system.messages,
            (Calls{"init: PID 7 exited with status 2\n", "init: asking the rest to stop\n",
                   "init: exiting with status 2\n"}));
}

TEST_F(LoopReportsTest, KilledProcessesAreNamed) {
  fake::system.alive = {{7, 0}, {8, 0}};
  show_processes({8});
  end(7, 0);
  arrive({.when = base::Instant{1} + seconds(6), .ended = {{8, SIGKILL}}});
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(fake::system.messages, Calls{"init: killing worker (PID 8), which did not stop in time\n"});
}

TEST_F(LoopReportsTest, MoreThan64KilledProcessesAreCounted) {
  fake::system.alive = {{7, 0}, {8, 0}};
  for (sys::ProcessId process = 8; process < 8 + 66; ++process) show_processes({process});
  end(7, 0);
  arrive({.when = base::Instant{1} + seconds(6), .ended = {{8, SIGKILL}}});
  run();
  ASSERT_EQ(fake::system.messages.size(), 65U);
  EXPECT_EQ(fake::system.messages[63], "init: killing worker (PID 71), which did not stop in time\n");
  EXPECT_EQ(fake::system.messages[64], "init: killing 2 more, which did not stop in time\n");
}

TEST_F(LoopReportsTest, ProcessThatCannotBeKilledIsNamed) {
  fake::system.strangers = 1;
  show_processes({30});
  end(7, exited(3));
  EXPECT_EQ(run(), 3);
  EXPECT_EQ(fake::system.messages.back(), "init: leaving worker (PID 30), which could not be killed\n");
}

TEST_F(LoopReportsTest, QueuedValueReachesEachProcessOfTheGroup) {
  config_.policy.scope = Scope::Group;
  show_processes({7, 8});
  fake::system.files["/proc/8/stat"] = "8 (worker) S 7 7 7";
  fake::system.queue_errors = {{8, EAGAIN}};
  arrive({.signal = 40, .code = SI_QUEUE, .value = 77});
  end(7, 0);
  run();
  EXPECT_EQ(fake::system.calls,
            (Calls{"sigqueue 7 40 = 77", "sigqueue 8 40 = 77", "kill 8 40", "close 8", "reap 7"}));
}

TEST_F(LoopReportsTest, WithoutSignalsToWaitForItWaitsForChildren) {
  fake::system.wait_error = EPERM;
  fake::system.zombies = {{7, exited(4)}};
  fake::system.alive.clear();
  EXPECT_EQ(run(), 4);
}

TEST_F(LoopReportsTest, WithoutSignalsAndChildrenItFails) {
  config_.policy.pause = true;
  fake::system.wait_error = EPERM;
  fake::system.alive.clear();
  EXPECT_EQ(run({}), status_init_failed);
  EXPECT_EQ(fake::system.messages, Calls{"init: rt_sigtimedwait: Operation not permitted\n"});
}

TEST_F(LoopReportsTest, FailureToReapEndsIt) {
  fake::system.reap_error = EPERM;
  EXPECT_EQ(run(), status_init_failed);
  EXPECT_EQ(fake::system.messages, Calls{"init: wait4: Operation not permitted\n"});
}

TEST(Report, ProgramThatCannotStartIsNamed) {
  fake::system = {};
  report_spawn_failed("/a\nb", "execute", base::Error{EACCES});
  report_started("/app", 7);
  EXPECT_EQ(fake::system.messages,
            (Calls{"init: cannot execute /a\\x0ab: Permission denied\n", "init: started /app (PID 7)\n"}));
}

}  // namespace
}  // namespace init

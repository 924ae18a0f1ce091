#include "harness/process.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <system_error>

#include "harness/proc.hpp"

namespace harness {
namespace {

using namespace std::chrono_literals;

TEST(Process, ReportsStatusAndBothStreams) {
  const Outcome outcome = run({"sh", "-c", "echo out; echo err >&2; exit 3"});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.signal, 0);
  EXPECT_EQ(outcome.out, "out\n");
  EXPECT_EQ(outcome.err, "err\n");
}

TEST(Process, AnswersInputAndReportsTheSignalThatEndedIt) {
  Process cat{{"cat"}, {.input = Input::pipe}};
  cat.type("one\ntwo\nthree\n");
  EXPECT_EQ(cat.read_line(), "one");
  EXPECT_EQ(cat.wait_for_line("thr"), "three");
  cat.send(SIGTERM);
  const Outcome outcome = cat.wait();
  EXPECT_EQ(outcome.signal, SIGTERM);
  EXPECT_EQ(outcome.status, -1);
}

TEST(Process, ThrowsWhenTheProgramCannotBeExecuted) {
  EXPECT_THROW(run({"/no/such/program"}), std::system_error);
}

TEST(Process, ThrowsWhenItsStatusWasTakenElsewhere) {
  Process ended{{"true"}};
  ASSERT_EQ(::waitpid(ended.pid(), nullptr, 0), ended.pid());
  EXPECT_THROW(ended.wait(), std::system_error);
}

TEST(Process, ThrowsWhenALimitPasses) {
  Process sleep{{"sleep", "100"}};
  EXPECT_THROW(sleep.wait(5ms), std::runtime_error);
  EXPECT_THROW(sleep.wait_for_line("never", Stream::out, 5ms), std::runtime_error);
  EXPECT_THROW(sleep.wait_until_stopped(5ms), std::runtime_error);
  EXPECT_TRUE(sleep.running());
}

TEST(Process, ThrowsAtOnceIfLineCannotComeAnyMore) {
  Process cat{{"echo", "this"}};
  EXPECT_THROW(cat.wait_for_line("that"), std::runtime_error);
}

TEST(Process, EndsWithItsObject) {
  pid_t pid = 0;
  {
    const Process sleep{{"sleep", "100"}};
    pid = sleep.pid();
    EXPECT_NE(state_of(pid), '\0');
  }
  EXPECT_EQ(state_of(pid), '\0');
}

TEST(Process, StartsWithDefaultSignalsAndThreeDescriptors) {
  const Outcome outcome = run({"sh", "-c", "grep -E 'SigBlk|SigIgn' /proc/self/status; ls /proc/$$/fd"});
  EXPECT_EQ(outcome.out, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n0\n1\n2\n");
}

TEST(Process, KeepsTheStateThatTheCallbackSets) {
  Options options;
  options.before_exec = [] {
    ::signal(SIGHUP, SIG_IGN);
    ::close(0);
    ::dup2(1, 7);
  };
  const Outcome outcome = run({"sh", "-c", "grep SigIgn /proc/self/status; ls /proc/$$/fd"}, options);
  EXPECT_EQ(outcome.out, "SigIgn:\t0000000000000001\n1\n2\n7\n");
}

TEST(Process, GetsTheRequestedEnvironment) {
  Options options;
  options.environment = {"ADDED=a", "HOME"};
  EXPECT_EQ(run({"sh", "-c", "echo $ADDED$HOME"}, options).out, "a\n");
  options.base = Environment::empty;
  EXPECT_EQ(run({"env"}, options).out, "ADDED=a\n");
}

TEST(Process, ReadsUntilItsChildrenHaveClosedItsStreams) {
  Process shell{{"sh", "-c", "(read line; echo late) <&3 & exec 3<&-"},
                {.before_exec = [] { ::dup2(0, 3); }}};
  EXPECT_EQ(shell.wait().status, 0);
  shell.wait_for_end_of_output();
  EXPECT_EQ(shell.out(), "late\n");
}

}  // namespace
}  // namespace harness

// Tests the course of a stop: the stop signal, the delay before it, the grace period after it.
#include <signal.h>

#include <algorithm>

#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using namespace std::chrono_literals;
using harness::Clock;
using harness::testprog;

class Stopping : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Stopping);

const std::string term = "signal 15 ", cont = "signal 18 ", hang_up = "signal 1 ";

void expect_next(Supervised& init, const std::string& start) {
  const std::string line = init->read_line();
  EXPECT_TRUE(line.starts_with(start)) << line << ", and not " << start;
}

// A PROGRAM, started with these options, that reports the signals it gets.
Words with_listener(Words options) {
  options.insert(options.end(), {"--", testprog(), "signals"});
  return options;
}

TEST_P(Stopping, DelayHoldsOnlyTheStopSignal) {
  Supervised init{GetParam(), with_listener({"--stop-delay=300ms"})};
  init->wait_for_line("ready");
  const auto asked = Clock::now();
  init->send(SIGTERM);
  init.settle();
  init->send(SIGHUP);
  expect_next(init, hang_up);
  expect_next(init, term);
  EXPECT_GE(Clock::now() - asked, 300ms);
  expect_next(init, cont);
}

TEST_P(Stopping, SecondStopSignalEndsDelay) {
  Supervised init{GetParam(), with_listener({"--stop-delay=1h"})};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  init.settle();
  init->send(SIGTERM);
  expect_next(init, term);
  expect_next(init, cont);
  // The two signals were one request, and the next one is no longer delayed.
  init->send(SIGHUP);
  expect_next(init, hang_up);
  init->send(SIGTERM);
  expect_next(init, term);
}

TEST_P(Stopping, DelayEndsWhenProgramExits) {
  harness::Options options;
  options.input = harness::Input::pipe;
  Supervised init{GetParam(), with_listener({"--stop-delay=1h", "--grace=1h", "--drain=1h"}), options};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  init.settle();
  init->type("quit\n");
  EXPECT_EQ(init.wait().status, 0);
}

// The delay would end while the rest is drained. PROGRAM has all of the delay to end in.
TEST_P(Stopping, DelayEndedByProgramSendsNothingLater) {
  harness::Options options;
  options.input = harness::Input::pipe;
  const std::string script = "$0 ignore TERM & read line; exit 5";
  Supervised init{
      GetParam(), {"-v", "--stop-delay=2s", "--drain=2500ms", "--", "sh", "-c", script, testprog()}, options};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  init->wait_for_line("holding SIGTERM", harness::Stream::err);
  init->type("\n");
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 5);
  EXPECT_FALSE(outcome.err.contains("forwarding")) << outcome.err;
}

TEST_P(Stopping, StopSignalCanBeChosen) {
  Supervised init{GetParam(), with_listener({"--stop-signal=USR2", "--stop-delay=1h"})};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  expect_next(init, term);  // and no SIGCONT
  init->send(SIGUSR2);
  init.settle();
  init->send(SIGHUP);
  expect_next(init, hang_up);
  init->send(SIGUSR2);
  expect_next(init, "signal 12 ");
  expect_next(init, cont);
}

TEST_P(Stopping, RewrittenStopSignalStillAsksForStop) {
  Supervised init{GetParam(), with_listener({"--stop-delay=1h", "--rewrite=TERM:QUIT,USR1:TERM"})};
  init->wait_for_line("ready");
  init->send(SIGUSR1);  // becomes the stop signal
  init.settle();
  init->send(SIGHUP);
  expect_next(init, hang_up);
  init->send(SIGTERM);  // is the stop signal, and ends the delay
  expect_next(init, "signal 3 ");
  expect_next(init, cont);
}

TEST_P(Stopping, DroppedStopSignalStopsNothing) {
  Supervised init{GetParam(), with_listener({"--rewrite=TERM:0", "--grace=1ms"})};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  init->send(SIGHUP);
  expect_next(init, hang_up);
  init.settle();
  EXPECT_TRUE(init->running());
}

TEST_P(Stopping, ReachesStoppedProgram) {
  for (const char* scope : {"--single-child", "--group", "--all"}) {
    Supervised init{GetParam(), {scope, "--", testprog(), "stopper"}};
    init->wait_for_line("ready");
    const pid_t program = init.program();
    harness::eventually("PROGRAM is stopped", [&] { return harness::state_of(program) == 'T'; });
    init->send(SIGTERM);
    EXPECT_EQ(init.wait().status, 143) << scope;
  }
}

TEST_P(Stopping, ProgramThatStoppedItselfStaysStoppedUntilContinued) {
  Supervised init{GetParam(), {"--", testprog(), "stopper"}};
  init->wait_for_line("ready");
  const pid_t program = init.program();
  harness::eventually("PROGRAM is stopped", [&] { return harness::state_of(program) == 'T'; });
  init->send(SIGHUP);  // waits there
  init.settle();
  EXPECT_EQ(harness::state_of(program), 'T');
  init->send(SIGCONT);
  EXPECT_EQ(init.wait().status, 129);
}

// "init: killing NAME (PID n), which did not stop in time"
std::string killing(pid_t process) {
  return "init: killing " + harness::name_of(process) + " (PID " +
         std::to_string(harness::inner_pid_of(process)) + "), which did not stop in time";
}

TEST_P(Stopping, GraceKillsAndNamesRemainingProcesses) {
  const std::string script = "setsid $0 ignore TERM & sh -c '$0 ignore TERM' $0 & exec $0 ignore TERM";
  Supervised init{GetParam(), {"--grace=200ms", "--", "sh", "-c", script, testprog()}};
  for (int count = 0; count < 3; ++count) init->wait_for_line("ready");
  std::vector<std::string> names;
  for (const pid_t process : init.container().members()) {
    if (process != init->pid() && process != init.container().pid()) names.push_back(killing(process));
  }
  const auto asked = Clock::now();
  init->send(SIGTERM);
  const Outcome outcome = init.wait();
  EXPECT_GE(Clock::now() - asked, 200ms);
  EXPECT_EQ(outcome.status, 137);
  Words lines = lines_of(outcome.err);
  std::ranges::sort(lines);
  std::ranges::sort(names);
  EXPECT_EQ(lines, names);
  EXPECT_GE(lines.size(), 3U);
}

TEST_P(Stopping, GraceBeginsWhenDelayEnds) {
  Supervised init{GetParam(), {"--stop-delay=200ms", "--grace=200ms", "--", testprog(), "ignore", "TERM"}};
  init->wait_for_line("ready");
  const auto asked = Clock::now();
  init->send(SIGTERM);
  EXPECT_EQ(init.wait().status, 137);
  EXPECT_GE(Clock::now() - asked, 400ms);
}

TEST_P(Stopping, GraceEndsWithProgram) {
  Supervised init{GetParam(), {"--grace=1h", "--", testprog(), "signals", "--until=TERM"}};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
}

TEST_P(Stopping, GraceFollowsOnlyTheStopSignal) {
  Supervised init{GetParam(), with_listener({"--grace=1ms"})};
  init->wait_for_line("ready");
  init->send(SIGHUP);
  expect_next(init, hang_up);
  init->send(SIGINT);
  expect_next(init, "signal 2 ");
  init.settle();
  EXPECT_TRUE(init->running());
}

TEST_P(Stopping, GraceIsNotRestartedByMoreStopSignals) {
  Supervised init{GetParam(), {"--grace=300ms", "--", testprog(), "ignore", "TERM"}};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  // If each signal restarted it, this would go on for as long as the signals come.
  const harness::Deadline deadline{harness::patience};
  while (init->running() && !deadline.passed()) {
    try {
      init->send(SIGTERM);
    } catch (const std::system_error&) {  // it has ended in the meantime
    }
    harness::eventually("a moment", [moment = Clock::now() + 20ms] { return Clock::now() > moment; });
  }
  EXPECT_EQ(init.wait().status, 137);
}

TEST_P(Stopping, NoProcessIsKilledWithoutGrace) {
  Supervised init{GetParam(), {"--", testprog(), "ignore", "TERM"}};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  init.settle();
  EXPECT_TRUE(init->running());
  init->send(SIGUSR1);
  EXPECT_EQ(init.wait().status, 128 + SIGUSR1);
}

}  // namespace
}  // namespace init_test

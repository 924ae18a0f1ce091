// Tests that processes that outlive PROGRAM are asked to stop, waited for, and killed if they do not stop.
#include <signal.h>

#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using namespace std::chrono_literals;
using harness::Clock;
using harness::testprog;

class Draining : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Draining);

// No process is left, except PID 1 if init was not PID 1.
void expect_nobody_is_left(Supervised& init) {
  const std::size_t others = init->pid() == init.container().pid() ? 0 : 1;
  EXPECT_EQ(init.container().members().size(), others);
}

TEST_P(Draining, HelperThatNeedsTimeFinishes) {
  Supervised init{GetParam(), {"--", testprog(), "slow-helper", "300", "--exit=4"}};
  init->wait_for_line("ready");
  const auto asked = Clock::now();
  init->send(SIGTERM);
  const Outcome outcome = init.wait();
  EXPECT_GE(Clock::now() - asked, 300ms);
  EXPECT_EQ(outcome.status, 4);
  EXPECT_TRUE(outcome.out.ends_with("helper done\n")) << outcome.out;
  EXPECT_EQ(outcome.err, "");
  expect_nobody_is_left(init);
}

TEST_P(Draining, HelperIsAskedToStopWhenProgramExitsByItself) {
  Supervised init{GetParam(), {"--", testprog(), "slow-helper", "300", "--exit=4", "--detach"}};
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 4);
  EXPECT_TRUE(outcome.out.ends_with("helper done\n")) << outcome.out;
}

// A shell that logs through a filter: the filter ends when PROGRAM has closed the pipe.
TEST_P(Draining, LogFilterReadsItsPipeToTheEnd) {
  const std::string script =
      "exec > >(while read -r line; do echo \"LOG $line\"; done; sleep 0.01; echo end); "
      "for i in $(seq 100); do echo $i; done";
  Supervised init{GetParam(), {"--", "bash", "-c", script}};
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(lines_of(outcome.out).size(), 101U) << outcome.out;
  EXPECT_TRUE(outcome.out.ends_with("end\n")) << outcome.out;
}

TEST_P(Draining, HelperThatDoesNotStopInTimeIsKilledAndNamed) {
  const Words command{"--drain=200ms", "--",      testprog(),       "orphans",  "1",
                      "--deaf",        "--print", "--live=1000000", "--leave=3"};
  Supervised init{GetParam(), command};
  const std::string orphan = init->wait_for_line("orphan ").substr(7);
  const Outcome outcome = init.wait();
  EXPECT_GE(outcome.elapsed, 200ms);
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.err, "init: killing testprog (PID " + orphan + "), which did not stop in time\n");
  expect_nobody_is_left(init);
}

TEST_P(Draining, HelperThatStopsIsNotKilledWithTheOthers) {
  const std::string script = "(sleep 1000 &) ; ($0 ignore TERM &) ; read line; exit 6";
  harness::Options options;
  options.input = harness::Input::pipe;
  Supervised init{GetParam(), {"-D200ms", "--", "sh", "-c", script, testprog()}, options};
  init->wait_for_line("ready");
  init->type("\n");
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 6);
  EXPECT_EQ(lines_of(outcome.err).size(), 1U) << outcome.err;
  EXPECT_TRUE(outcome.err.starts_with("init: killing testprog (PID ")) << outcome.err;
}

TEST_P(Draining, EndsWhenLastProcessEnds) {
  Supervised init{GetParam(),
                  {"--drain=1h", "--", testprog(), "orphans", "5", "--live=1000000", "--leave=0"}};
  EXPECT_EQ(init.wait().status, 0);
  expect_nobody_is_left(init);
}

TEST_P(Draining, ZeroExitsAtOnce) {
  const Words command{"--drain=0", "--", testprog(), "orphans", "1", "--deaf", "--live=1000000", "--leave=3"};
  Supervised init{GetParam(), command};
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.err, "");
  // If init is PID 1, the kernel kills the rest; elsewhere the orphan is somebody else's responsibility.
  const std::size_t left = GetParam() == Place::first_process ? 0 : 2;
  harness::eventually("as many are left", [&] { return init.container().members().size() == left; });
}

TEST_P(Draining, ReachesStoppedProcess) {
  const std::string script = "$0 stopper & read line; exit 2";
  harness::Options options;
  options.input = harness::Input::pipe;
  Supervised init{GetParam(), {"--drain=1h", "--", "sh", "-c", script, testprog()}, options};
  init->wait_for_line("ready");
  const pid_t stopper = harness::children_of(init.program()).at(0);
  harness::eventually("it is stopped", [&] { return harness::state_of(stopper) == 'T'; });
  init->type("\n");
  EXPECT_EQ(init.wait().status, 2);
}

TEST_P(Draining, ReachesProcessesThatLeftTheGroupAndSession) {
  Supervised init{GetParam(), {"--drain=1h", "--", testprog(), "tree"}};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 0);
  for (const char* line : {"parent TERM\n", "group TERM\n", "session TERM\n"})
    EXPECT_TRUE(outcome.out.contains(line)) << outcome.out;
}

TEST_P(Draining, ReachesChildrenOfRemainingProcesses) {
  // PROGRAM leaves a shell whose child must be stopped as well, at any depth.
  const std::string script =
      "sh -c 'trap exit TERM; sh -c \"trap exit TERM; $0 signals --until=TERM & wait\" $0 & wait' $0 & "
      "read line; exit 2";
  harness::Options options;
  options.input = harness::Input::pipe;
  Supervised init{GetParam(), {"--drain=1h", "--", "sh", "-c", script, testprog()}, options};
  init->wait_for_line("ready");
  init->type("\n");
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_TRUE(outcome.out.contains("signal 15 ")) << outcome.out;
  expect_nobody_is_left(init);
}

// PROGRAM has ended, and leaves a listener that was asked to stop and keeps running.
Supervised with_listener_left(Place place, Words arguments) {
  harness::Options options;
  options.input = harness::Input::pipe;
  for (const char* word : {"--drain=1h", "--", "sh", "-c", "setsid $0 signals & read line"})
    arguments.emplace_back(word);
  arguments.push_back(testprog());
  Supervised init{place, arguments, options};
  init->wait_for_line("ready");
  init->type("\n");
  init->wait_for_line("signal 15 ");
  init->wait_for_line("signal 18 ");
  return init;
}

TEST_P(Draining, SecondStopSignalAsksAgain) {
  Supervised init = with_listener_left(GetParam(), {});
  init->send(SIGTERM);
  EXPECT_TRUE(init->read_line().starts_with("signal 15 "));
}

TEST_P(Draining, OtherSignalsReachRemainingProcessesOnlyWithAll) {
  Supervised all = with_listener_left(GetParam(), {"--all"});
  all->send(SIGHUP);
  EXPECT_TRUE(all->read_line().starts_with("signal 1 "));
  Supervised program = with_listener_left(GetParam(), {"--group"});
  program->send(SIGHUP);
  program.settle();
  program->send(SIGTERM);
  EXPECT_TRUE(program->read_line().starts_with("signal 15 "));
}

TEST_P(Draining, IsCutShortByGracePeriod) {
  Supervised init{GetParam(),
                  {"--grace=200ms", "--drain=1h", "--", "sh", "-c",
                   "$0 ignore TERM & exec $0 signals --until=TERM", testprog()}};
  init->wait_for_line("ready");
  init->wait_for_line("ready");
  init->send(SIGTERM);
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.err.starts_with("init: killing testprog (PID ")) << outcome.err;
}

TEST_P(Draining, KillsProcessesCreatedMeanwhile) {
  // Each process replaces itself with a child as fast as it can, and ignores the stop signal.
  const std::string script =
      "trap '' TERM; f() { echo step; f & }; echo ready; f & exec $0 wait-ms 5 --exit=9";
  Supervised init{GetParam(), {"--drain=100ms", "--", "bash", "-c", script, testprog()}};
  EXPECT_EQ(init.wait().status, 9);
  harness::eventually("nobody is left", [&] {
    return init.container().members().size() == (GetParam() == Place::first_process ? 0U : 1U);
  });
}

}  // namespace
}  // namespace init_test

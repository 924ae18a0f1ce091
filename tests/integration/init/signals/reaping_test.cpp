// Tests that every process that ends is reaped, and that statuses come from wait alone.
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <regex>

#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using namespace std::chrono_literals;
using harness::testprog;

class Reaping : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Reaping);

TEST_P(Reaping, ThousandOrphansLeaveNoZombie) {
  Supervised init{GetParam(), {"--", testprog(), "orphans", "1000"}};
  init->wait_for_line("ready");
  expect_only_program_is_left(init);
  init->send(SIGTERM);
  EXPECT_EQ(init.wait().status, 0);
}

TEST_P(Reaping, OrphansThatLiveOnAreReapedWhenTheyEnd) {
  Supervised init{GetParam(), {"--", testprog(), "orphans", "50", "--live=200"}};
  init->wait_for_line("ready");
  expect_only_program_is_left(init);
}

TEST_P(Reaping, OneWakeUpReapsAll) {
  harness::Options options;
  options.input = harness::Input::pipe;
  const std::string script = "echo ready; read line; exec $0 orphans 100 --leave=7";
  Supervised init{GetParam(), {"--", "sh", "-c", script, testprog()}, options};
  init->wait_for_line("ready");
  const pid_t program = init.program();
  // While init is stopped, all the SIGCHLDs, PROGRAM's among them, merge into one.
  init->send(SIGSTOP);
  init->wait_until_stopped();
  init->type("\n");
  harness::eventually("PROGRAM has ended", [&] { return harness::state_of(program) == 'Z'; });
  init->send(SIGCONT);
  EXPECT_EQ(init.wait().status, 7);
}

TEST_P(Reaping, SentSigchldIsOnlyAWakeUp) {
  Supervised init{GetParam(), {"--", testprog(), "signals"}};
  init->wait_for_line("ready");
  init->send(SIGCHLD);
  init->send(SIGCHLD, init.program());
  init->send(SIGHUP);
  EXPECT_TRUE(init->read_line().starts_with("signal 1 "));
  EXPECT_EQ(harness::children_of(init->pid()).size(), 1U);
}

TEST_P(Reaping, ReturnsStatusAlthoughSigchldWasIgnored) {
  harness::Options options;
  options.before_exec = [] { ::signal(SIGCHLD, SIG_IGN); };
  for (const int status : {0, 1, 42}) {
    const Words command{"--", testprog(), "exit", std::to_string(status)};
    EXPECT_EQ(outcome_of(GetParam(), command, options).status, status);
  }
  Supervised init{GetParam(), {"--", testprog(), "orphans", "20"}, options};
  init->wait_for_line("ready");
  expect_only_program_is_left(init);
}

TEST_P(Reaping, ReturnsStatusAlthoughSigchldWasBlocked) {
  harness::Options options;
  options.before_exec = [] {
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_BLOCK, &all, nullptr);
  };
  EXPECT_EQ(outcome_of(GetParam(), {"--", testprog(), "exit", "9"}, options).status, 9);
}

TEST_P(Reaping, InheritedChildIsNotProgram) {
  // Both are children of the shell that becomes init: one has ended by then, one keeps running.
  const Words wrapper{"bash", "-c", "(exit 5) & sleep 1000 & exec \"$@\"", "bash"};
  const Words command{"--", "sh", "-c", "sleep 0.05; exit 7"};
  Supervised init{GetParam(), command, harness::ContainerOptions{}, wrapper};
  EXPECT_EQ(init.wait().status, 7);
}

// The SIGCHLD of such a child came before init started.
TEST_P(Reaping, InheritedZombieIsReapedAtOnce) {
  harness::Options options;
  options.before_exec = [] {
    if (::syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, 0) == 0) ::_exit(5);
    siginfo_t ended;
    ::waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT);
  };
  for (const Words& command : {Words{"--", testprog(), "signals"}, Words{"--pause"}}) {
    Supervised init{GetParam(), command, options};
    harness::eventually("it was reaped", [&] { return init.container().zombies() == 0; }, 2s);
  }
}

// They are orphans by the time it prints ready; each of the first three ends when a line comes.
constexpr const char* leave_orphans = R"(exec 3<&0
  (sh -c 'read line <&3; exit 4' &)
  (sh -c 'read line <&3; exit 0' &)
  (sh -c 'read line <&3; kill -KILL $$' &)
  (sleep 1000 &)
  exec $0 signals --until=TERM </dev/null)";

TEST_P(Reaping, WarnsOfEachReapedOrphan) {
  harness::Options options;
  options.input = harness::Input::pipe;
  Supervised init{GetParam(), {"--warn-reaped", "--", "sh", "-c", leave_orphans, testprog()}, options};
  init->wait_for_line("ready");
  init->type("\n\n\n");
  std::vector<std::string> lines;
  const std::regex number{"PID \\d+"};
  for (int count = 0; count < 3; ++count)
    lines.push_back(std::regex_replace(init->read_line(harness::Stream::err), number, "PID N"));
  std::ranges::sort(lines);
  EXPECT_EQ(lines, (Words{"init: reaped: sh (PID N) exited with status 0",
                          "init: reaped: sh (PID N) exited with status 4",
                          "init: reaped: sh (PID N) was killed by SIGKILL"}));
  init->send(SIGTERM);
  EXPECT_EQ(init.wait().status, 0);
  // PROGRAM is not an adopted process; the sleeper is, and outlived it.
  const Words all = lines_of(init->err());
  EXPECT_EQ(all.size(), 4U) << init->err();
  // "sleep", or "sh" if the signal came before the subshell had executed sleep.
  EXPECT_TRUE(all.back().starts_with("init: reaped: s")) << init->err();
  EXPECT_TRUE(all.back().ends_with(") was killed by SIGTERM")) << init->err();
}

TEST_P(Reaping, ReportsPidInTheUsersNamespace) {
  Supervised init{GetParam(), {"-w", "--", testprog(), "orphans", "1", "--print", "--live=1"}};
  const std::string orphan = init->wait_for_line("orphan").substr(7);
  EXPECT_EQ(init->read_line(harness::Stream::err),
            "init: reaped: testprog (PID " + orphan + ") exited with status 0");
}

TEST_P(Reaping, PrintsNothingByDefault) {
  Supervised init{GetParam(), {"--", testprog(), "orphans", "10", "--leave=0"}};
  EXPECT_EQ(init.wait().err, "");
}

TEST_P(Reaping, WithoutProcItReapsAndWarnsWithoutName) {
  harness::ContainerOptions options;
  options.proc = false;
  options.mounts = {{"", "/proc"}};
  Supervised init{GetParam(), {"-w", "--", testprog(), "orphans", "3"}, options};
  for (int count = 0; count < 3; ++count) init->wait_for_line("exited with status 0", harness::Stream::err);
  expect_only_program_is_left(init);
}

}  // namespace
}  // namespace init_test

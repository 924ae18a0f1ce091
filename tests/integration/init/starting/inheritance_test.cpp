// Tests what PROGRAM inherits.
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <map>

#include "supervised.hpp"

namespace init_test {
namespace {

using harness::ContainerOptions;
using harness::Options;
using harness::shipped;
using harness::testprog;

class Inheritance : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Inheritance);

State state_under_init(Place place, const ContainerOptions& options) {
  const Outcome outcome = Supervised{place, {"--", testprog(), "state"}, options}.wait();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  return state_from(outcome.out);
}

ContainerOptions with(std::function<void()> before_exec) {
  ContainerOptions options;
  options.process.before_exec = std::move(before_exec);
  return options;
}

const std::string nothing = "0000000000000000";

// Made through the kernel: libc's calls refuse the signals that libc reserves for itself.
void ignore(int signal) {
  unsigned long action[8] = {reinterpret_cast<unsigned long>(SIG_IGN)};
  ::syscall(SYS_rt_sigaction, signal, action, nullptr, 8);
}

void block(unsigned long mask) { ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, nullptr, 8); }

TEST_P(Inheritance, SignalsAreCleanAsPid1AndUnchangedElsewhere) {
  const ContainerOptions options = with([] {
    for (const int signal : {SIGHUP, SIGPIPE, SIGCHLD, 32, 34, 64}) ignore(signal);
    block(0x8000'0003'0000'4001UL);  // 1, 15, 33, 34, 64
  });
  const State state = state_under_init(GetParam(), options);
  const bool first = GetParam() == Place::first_process;
  EXPECT_EQ(state.at("SigBlk"), first ? nothing : "8000000300004001");
  EXPECT_EQ(state.at("SigIgn"), first ? nothing : "8000000280011001");
}

TEST_P(Inheritance, CleanSignalsStayClean) {
  const State state = state_under_init(GetParam(), {});
  EXPECT_EQ(state.at("SigBlk"), nothing);
  EXPECT_EQ(state.at("SigIgn"), nothing);
}

TEST_P(Inheritance, NohupWorksIfInitIsNotPid1) {
  if (GetParam() == Place::first_process) {
    const Outcome outcome = outcome_of(GetParam(), {"--", "nohup", testprog(), "state"});
    EXPECT_EQ(state_from(outcome.out).at("SigIgn"), "0000000000000001");
    return;
  }
  const Words wrapper{"nohup"};
  Supervised init{GetParam(), {"--", testprog(), "state"}, ContainerOptions{}, wrapper};
  EXPECT_EQ(state_from(init.wait().out).at("SigIgn"), "0000000000000001");
}

TEST_P(Inheritance, OwnGroupSameDirectorySameDescriptors) {
  ContainerOptions options = with([] {
    ::dup2(1, 5);
    ::dup2(1, 63);
  });
  options.process.directory = "/usr/bin";
  const State state = state_under_init(GetParam(), options);
  EXPECT_EQ(state.at("Group"), state.at("Pid"));
  EXPECT_EQ(state.at("Directory"), "/usr/bin");
  EXPECT_EQ(state.at("Descriptors"), "0 1 2 5 63");
}

TEST_P(Inheritance, InitIsTheParentAndProgramIsNotConfined) {
  const State state = state_under_init(GetParam(), {});
  if (GetParam() == Place::first_process) {
    EXPECT_EQ(state.at("Parent"), "1");
  }
  EXPECT_EQ(state.at("Seccomp"), "0");
  ContainerOptions privileged;
  privileged.rights = harness::Rights::kept;
  EXPECT_EQ(state_under_init(GetParam(), privileged).at("NoNewPrivs"), "0");
}

// For programs that mind a parent of PID 1: docs/migration.md.
TEST_P(Inheritance, SecondInitIsAnotherParentAndPassesSignalsAndStatus) {
  Supervised first{GetParam(), {"--", shipped("init"), "--", testprog(), "state", "--wait"}};
  first->wait_for_line("ready");
  first->send(SIGTERM);
  const Outcome stopped = first.wait();
  EXPECT_EQ(stopped.status, 0);
  EXPECT_NE(state_from(stopped.out).at("Parent"), "1");
  const Outcome ended = outcome_of(GetParam(), {"--", shipped("init"), "--", testprog(), "exit", "7"});
  EXPECT_EQ(ended.status, 7);
}

TEST_P(Inheritance, EnvironmentIsUnchanged) {
  Options options;
  options.base = harness::Environment::empty;
  options.environment = {"A=1", "EMPTY=", "DISTROLESS_INIT_GRACE=5s", "LISTEN_FDS=1"};
  const Outcome outcome = outcome_of(GetParam(), {"--", "/usr/bin/env"}, options);
  EXPECT_EQ(outcome.out, "A=1\nEMPTY=\nDISTROLESS_INIT_GRACE=5s\nLISTEN_FDS=1\n");
}

TEST_P(Inheritance, ListenPidIsRewrittenIfItNamesInit) {
  // The shell becomes init, so its PID is init's PID.
  const Words wrapper{"sh", "-c", "LISTEN_PID=$$ exec \"$@\"", "sh"};
  Supervised init{GetParam(), {"--", testprog(), "state"}, ContainerOptions{}, wrapper};
  const State state = state_from(init.wait().out);
  EXPECT_EQ(state.at("LISTEN_PID"), state.at("Pid"));
}

TEST_P(Inheritance, WatchdogPidIsRewrittenAndListenPidfdidStaysWithoutListenPid) {
  const Words wrapper{"sh", "-c", "WATCHDOG_PID=$$ LISTEN_PID=77777 LISTEN_PIDFDID=9 exec \"$@\"", "sh"};
  Supervised init{GetParam(),
                  {"--", "sh", "-c", "echo $(($WATCHDOG_PID - $$)) $LISTEN_PID $LISTEN_PIDFDID"},
                  ContainerOptions{},
                  wrapper};
  EXPECT_EQ(init.wait().out, "0 77777 9\n");
}

TEST_P(Inheritance, ListenPidIsKeptIfItNamesAnother) {
  for (const char* value : {"77777", "", "x", "-1", "1x"}) {
    Options options;
    options.environment = {std::string{"LISTEN_PID="} + value};
    const Outcome outcome = outcome_of(GetParam(), {"--", testprog(), "state"}, options);
    EXPECT_EQ(state_from(outcome.out).at("LISTEN_PID"), value);
  }
}

}  // namespace
}  // namespace init_test

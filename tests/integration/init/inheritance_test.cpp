// What PROGRAM inherits, and that init starts from whatever it inherits itself.
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <map>

#include "supervised.hpp"
#include "support/files.hpp"
#include "support/proc.hpp"

namespace init_test {
namespace {

using support::ContainerOptions;
using support::helper;
using support::Options;
using support::TemporaryDirectory;
using support::operator/;

class Inheritance : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Inheritance);

using State = std::map<std::string, std::string>;

State state_from(const std::string& out) {
  State state;
  for (const std::string& line : lines_of(out)) {
    const std::size_t colon = line.find(':');
    const std::size_t value = line.find_first_not_of(' ', colon + 1);
    state[line.substr(0, colon)] = value == std::string::npos ? "" : line.substr(value);
  }
  return state;
}

State state_under_init(Place place, const ContainerOptions& options) {
  const Outcome outcome = Supervised{place, {"--", helper(), "state"}, options}.wait();
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

// Of the kernel: libc's calls refuse the signals that libc keeps to itself.
void ignore(int signal) {
  unsigned long action[8] = {reinterpret_cast<unsigned long>(SIG_IGN)};
  ::syscall(SYS_rt_sigaction, signal, action, nullptr, 8);
}

void block(unsigned long mask) { ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, nullptr, 8); }

TEST_P(Inheritance, AsPid1CleanSignalsElsewhereThoseThatWereFound) {
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

TEST_P(Inheritance, NohupWorksWhereInitIsNotPid1) {
  if (GetParam() == Place::first_process) {
    const Outcome outcome = outcome_of(GetParam(), {"--", "nohup", helper(), "state"});
    EXPECT_EQ(state_from(outcome.out).at("SigIgn"), "0000000000000001");
    return;
  }
  const Words wrapper{"nohup"};
  Supervised init{GetParam(), {"--", helper(), "state"}, ContainerOptions{}, wrapper};
  EXPECT_EQ(state_from(init.wait().out).at("SigIgn"), "0000000000000001");
}

TEST_P(Inheritance, AGroupOfItsOwnTheDirectoryAndTheDescriptors) {
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

TEST_P(Inheritance, InitIsItsParentAndItIsNotConfined) {
  const State state = state_under_init(GetParam(), {});
  if (GetParam() == Place::first_process) {
    EXPECT_EQ(state.at("Parent"), "1");
  }
  EXPECT_EQ(state.at("Seccomp"), "0");
  ContainerOptions privileged;
  privileged.rights = support::Rights::kept;
  EXPECT_EQ(state_under_init(GetParam(), privileged).at("NoNewPrivs"), "0");
}

TEST_P(Inheritance, TheEnvironmentAsItIs) {
  Options options;
  options.base = support::Environment::empty;
  options.environment = {"A=1", "EMPTY=", "INIT_GRACE=5s", "LISTEN_FDS=1"};
  const Outcome outcome = outcome_of(GetParam(), {"--", "/usr/bin/env"}, options);
  EXPECT_EQ(outcome.out, "A=1\nEMPTY=\nINIT_GRACE=5s\nLISTEN_FDS=1\n");
}

TEST_P(Inheritance, ListenPidIsRewrittenWhereItNamesInit) {
  // The shell becomes init, so its own PID is init's.
  const Words wrapper{"sh", "-c", "LISTEN_PID=$$ exec \"$@\"", "sh"};
  Supervised init{GetParam(), {"--", helper(), "state"}, ContainerOptions{}, wrapper};
  const State state = state_from(init.wait().out);
  EXPECT_EQ(state.at("LISTEN_PID"), state.at("Pid"));
}

TEST_P(Inheritance, ListenPidStaysWhereItNamesAnother) {
  for (const char* value : {"77777", "", "x", "-1", "1x"}) {
    Options options;
    options.environment = {std::string{"LISTEN_PID="} + value};
    const Outcome outcome = outcome_of(GetParam(), {"--", helper(), "state"}, options);
    EXPECT_EQ(state_from(outcome.out).at("LISTEN_PID"), value);
  }
}

class Start : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Start);

TEST_P(Start, WithDescriptorsClosed) {
  for (int closed = 1; closed < 8; ++closed) {
    Options options;
    options.before_exec = [closed] {
      for (int descriptor = 0; descriptor < 3; ++descriptor) {
        if ((closed >> descriptor & 1) != 0) ::close(descriptor);
      }
    };
    EXPECT_EQ(outcome_of(GetParam(), {"--", helper(), "exit", "7"}, options).status, 7) << closed;
    EXPECT_EQ(outcome_of(GetParam(), {"-v", "--", helper(), "exit", "7"}, options).status, 7) << closed;
    EXPECT_EQ(outcome_of(GetParam(), {"--", "/no/such"}, options).status, 127) << closed;
  }
}

TEST_P(Start, WithDescriptorsClosedProgramFindsThemClosed) {
  Options options;
  options.before_exec = [] {
    ::close(0);
    ::close(2);
  };
  EXPECT_EQ(state_from(outcome_of(GetParam(), {"--", helper(), "state"}, options).out).at("Descriptors"),
            "1");
}

TEST_P(Start, WithoutPath) {
  Options options;
  options.base = support::Environment::empty;
  EXPECT_EQ(outcome_of(GetParam(), {"--", "true"}, options).status, 0);
  options.environment = {"PATH="};
  EXPECT_EQ(outcome_of(GetParam(), {"--", "true"}, options).status, 127);
  EXPECT_EQ(outcome_of(GetParam(), {"--", "/bin/true"}, options).status, 0);
}

TEST_P(Start, WithoutProc) {
  ContainerOptions options;
  options.proc = false;
  options.mounts = {{"", "/proc"}};
  for (const char* option : {"-v", "--group", "--all", "--warn-reaped"}) {
    const Words command{option, "--", helper(), "orphans", "5", "--leave=7"};
    EXPECT_EQ((Supervised{GetParam(), command, options}.wait().status), 7) << option;
  }
}

TEST_P(Start, WithoutProcGraceKillsUnnamed) {
  ContainerOptions options;
  options.proc = false;
  options.mounts = {{"", "/proc"}};
  Supervised init{GetParam(), {"--grace=50ms", "--", helper(), "ignore", "TERM"}, options};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 137);
  EXPECT_TRUE(outcome.err.starts_with("init: no /proc: killing what is left unnamed\n")) << outcome.err;
}

TEST(StartInAnEmptyRoot, ReadOnlyAsAStrangerWithoutCapabilities) {
  const TemporaryDirectory root;
  support::install_program(support::shipped("init"), root / "init");
  support::install_program(helper(), root / "helper");
  for (const support::Users users : {support::Users::own, support::Users::host}) {
    ContainerOptions options;
    options.root = root.path();
    options.proc = false;
    options.users = users;
    options.network = support::Network::own;
    options.process.base = support::Environment::empty;
    const Outcome outcome = support::run_as_init({"/init", "--", "/helper", "state"}, options);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(state_from(outcome.out).at("User"), "65532");
    EXPECT_EQ(state_from(outcome.out).at("NoNewPrivs"), "1");
  }
}

// Refuses the calls that are younger than Linux 4.4, as a sandbox may that does not know them.
void refuse_newer_calls(int error) {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 424, 0, 1),  // pidfd_send_signal and all that came after it
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error)),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{4, program};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

TEST_P(Start, WithAFilterThatRefusesNewerCalls) {
  for (const int error : {ENOSYS, EPERM}) {
    Options options;
    options.before_exec = [error] {
      ::dup2(1, 9);
      const rlimit few{64, 64};  // closed one by one instead
      ::setrlimit(RLIMIT_NOFILE, &few);
      refuse_newer_calls(error);
    };
    Supervised init{GetParam(), {"-g", "--", helper(), "signals", "--until=TERM"}, options};
    init->wait_for_line("ready");
    init.settle();
    for (const char* closed : {"0", "1", "9"})
      EXPECT_FALSE(std::filesystem::exists("/proc/" + std::to_string(init->pid()) + "/fd/" + closed));
    init->send(SIGTERM);
    const Outcome outcome = init.wait();
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.err, "");
  }
}

}  // namespace
}  // namespace init_test

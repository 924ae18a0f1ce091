// Tests that init starts in whatever state it inherits.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>

#include "harness/files.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using harness::ContainerOptions;
using harness::Options;
using harness::TemporaryDirectory;
using harness::testprog;
using harness::operator/;

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
    EXPECT_EQ(outcome_of(GetParam(), {"--", testprog(), "exit", "7"}, options).status, 7) << closed;
    EXPECT_EQ(outcome_of(GetParam(), {"-v", "--", testprog(), "exit", "7"}, options).status, 7) << closed;
    EXPECT_EQ(outcome_of(GetParam(), {"--", "/no/such"}, options).status, 127) << closed;
  }
}

TEST_P(Start, ProgramFindsClosedDescriptorsClosed) {
  Options options;
  options.before_exec = [] {
    ::close(0);
    ::close(2);
  };
  EXPECT_EQ(state_from(outcome_of(GetParam(), {"--", testprog(), "state"}, options).out).at("Descriptors"),
            "1");
}

TEST_P(Start, WithoutPath) {
  Options options;
  options.base = harness::Environment::empty;
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
    const Words command{option, "--", testprog(), "orphans", "5", "--leave=7"};
    EXPECT_EQ((Supervised{GetParam(), command, options}.wait().status), 7) << option;
  }
}

TEST_P(Start, WithoutProcGraceKillsUnnamedProcesses) {
  ContainerOptions options;
  options.proc = false;
  options.mounts = {{"", "/proc"}};
  Supervised init{GetParam(), {"--grace=50ms", "--", testprog(), "ignore", "TERM"}, options};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 137);
  EXPECT_TRUE(outcome.err.starts_with("init: killing what is left\n")) << outcome.err;
}

TEST(StartInAnEmptyRoot, ReadOnlyAsUnknownUserWithoutCapabilities) {
  const TemporaryDirectory root;
  harness::install_program(harness::shipped("init"), root / "init");
  harness::install_program(testprog(), root / "testprog");
  for (const harness::Users users : {harness::Users::own, harness::Users::host}) {
    ContainerOptions options;
    options.root = root.path();
    options.proc = false;
    options.users = users;
    options.network = harness::Network::own;
    options.process.base = harness::Environment::empty;
    const Outcome outcome = harness::run_as_init({"/init", "--", "/testprog", "state"}, options);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(state_from(outcome.out).at("User"), "65532");
    EXPECT_EQ(state_from(outcome.out).at("NoNewPrivs"), "1");
  }
}

// Refuses the calls that are newer than Linux 4.4, as a sandbox that does not know them may do.
void refuse_newer_calls(int error) {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 424, 0, 1),  // pidfd_send_signal and all calls added after it
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error)),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{4, program};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

TEST_P(Start, WithFilterThatRefusesNewerCalls) {
  for (const int error : {ENOSYS, EPERM}) {
    Options options;
    options.before_exec = [error] {
      ::dup2(1, 9);
      const rlimit few{64, 64};  // init closed them one by one instead
      ::setrlimit(RLIMIT_NOFILE, &few);
      refuse_newer_calls(error);
    };
    Supervised init{GetParam(), {"-g", "--", testprog(), "signals", "--until=TERM"}, options};
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

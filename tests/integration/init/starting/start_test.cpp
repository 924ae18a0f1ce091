// Tests that init starts in whatever state it inherits.
#include <signal.h>
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
  EXPECT_TRUE(outcome.err.contains("init: killing the remaining processes\n")) << outcome.err;
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

}  // namespace
}  // namespace init_test

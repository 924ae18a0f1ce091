// init in place of an engine's own: `dockerd --init-path` with `docker run --init`, and `podman run --init
// --init-path`. The engine chooses the path and the arguments before the program; users can still set init's
// variables.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"
#include "harness/programs.hpp"
#include "images/roles.hpp"

namespace engine {
namespace {

using namespace std::string_literals;
using Words = std::vector<std::string>;

struct Kind {
  const char* name;
  const Client& (*client)();
};

class OwnInit : public testing::TestWithParam<Kind> {
 protected:
  static const Client& client() { return GetParam().client(); }

  static Container start(const Words& role, const Words& settings = {}) {
    Words options{"--init"};
    for (const std::string& setting : settings) options.push_back("--env=" + setting);
    Words arguments{"/testprog"};
    arguments.insert(arguments.end(), role.begin(), role.end());
    return {client(), roles_image, {.options = options, .arguments = arguments}};
  }
};

// Compares contents: an engine mounts init under a name of its own.
std::string program_of(pid_t pid) { return harness::read_file("/proc/" + std::to_string(pid) + "/exe"); }

TEST_P(OwnInit, IsPidOneAndTheShippedBinary) {
  const Container service = start({"signals", "--until=TERM"});
  service.wait_for_log("ready");
  EXPECT_EQ(harness::inner_pid_of(service.init_pid()), 1);
  EXPECT_TRUE(program_of(service.init_pid()) == harness::read_file(harness::shipped("init")));
}

TEST_P(OwnInit, IsCalledWithProgramAfterTwoDashes) {
  const Container service = start({"signals", "--until=TERM"});
  service.wait_for_log("ready");
  const std::string line = harness::read_file("/proc/" + std::to_string(service.init_pid()) + "/cmdline");
  const std::string expected = "\0--\0/testprog\0signals\0--until=TERM\0"s;
  EXPECT_TRUE(line.ends_with(expected)) << line;
}

TEST_P(OwnInit, ReapsOrphans) {
  constexpr int orphans = 20;
  const Container service = start({"orphans", std::to_string(orphans)}, {"DISTROLESS_INIT_WARN_REAPED=1"});
  service.wait_for_log("init: reaped: ", orphans);
  harness::eventually("init has one child, the program",
                      [&] { return harness::children_of(service.init_pid()).size() == 1; });
}

TEST_P(OwnInit, ForwardsSignals) {
  const Container service = start({"signals", "--until=USR1"});
  service.wait_for_log("ready");
  service.kill("HUP");
  service.wait_for_log("signal " + std::to_string(SIGHUP) + " ");
  service.kill("USR1");
  EXPECT_EQ(service.wait(), 0);
}

TEST_P(OwnInit, PassesTheStatusOn) {
  EXPECT_EQ(start({"exit", "42"}).wait(), 42);
  EXPECT_EQ(start({"kill", "KILL"}).wait(), 128 + SIGKILL);
}

TEST_P(OwnInit, ReadsItsVariables) {
  const Container service =
      start({"app", "8080", "--exit=7"}, {"DISTROLESS_INIT_VERBOSE=1", "DISTROLESS_INIT_STOP_DELAY=1h"});
  service.wait_for_log("init: started /testprog");
  service.wait_for_log("ready");
  service.kill("TERM");
  service.wait_for_log("init: holding SIGTERM");
  // A second stop signal ends the delay.
  service.kill("TERM");
  EXPECT_EQ(service.wait(), 7);
  EXPECT_TRUE(service.logs().contains("init: exiting with status 7")) << service.logs();
}

TEST_P(OwnInit, RejectsInvalidVariable) {
  const Container service = start({"exit", "0"}, {"DISTROLESS_INIT_STOP_DELAY=soon"});
  EXPECT_EQ(service.wait(), 125);
  service.wait_for_log("soon");
}

TEST(Podman, IsSeenWhileItRuns) {
  // Negative control for the last check of the suite, that nothing is left.
  const Container service{the_podman(),
                          roles_image,
                          {.options = {"--init"}, .arguments = {"/testprog", "signals", "--until=TERM"}}};
  service.wait_for_log("ready");
  const std::vector<std::string> left = processes_left(the_podman().traces());
  for (const char* program : {"conmon", "init --pause", "/testprog"}) {
    EXPECT_TRUE(std::ranges::any_of(left, [&](const std::string& line) { return line.contains(program); }))
        << program;
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, OwnInit,
                         testing::Values(Kind{"Docker", []() -> const Client& { return the_engine(); }},
                                         Kind{"Podman", []() -> const Client& { return the_podman(); }}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace engine

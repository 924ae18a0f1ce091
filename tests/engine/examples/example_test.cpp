// Builds each of examples/ that has a Dockerfile unchanged, confines it as the distroless guides say, probes
// it with its own HEALTHCHECK, and stops it well within docker's timeout.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <regex>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"
#include "images/images.hpp"

namespace engine {
namespace {

using Words = std::vector<std::string>;

struct Shown {
  const char* name;
  Words options;        // options for the engine, apart from the confinement
  const char* hanging;  // the probe's message while the programs hang
  const char* stopped;  // the program's last message
  const char* probe = "/healthcheck";
};

void PrintTo(const Shown& shown, std::ostream* out) { *out << shown.name; }

const Shown examples[] = {
    {"c",
     {},
     R"(healthcheck: tcp://localhost:\$\{PORT:-7000\}: no answer within 500ms \(.*\)\n)",
     "server: stopped by signal 15\n"},
    {"grpc",
     {},
     R"(healthcheck: grpc://localhost:\$\{PORT:-50051\}/example.Greeter: no answer within 500ms \(.*\)\n)",
     "greeter: stopped\n"},
    {"https",
     {},
     R"(healthcheck-tls: https://localhost:\$\{PORT:-8443\}/healthz: no answer within 500ms \(.*\)\n)",
     "service: stopped\n",
     "/healthcheck-tls"},
    {"java",
     {},
     R"(healthcheck: :\$\{PORT:-8080\}/healthz: no answer within 500ms \(.*\)\n)",
     "service: stopped\n"},
    {"nginx",
     {"--tmpfs=/tmp"},
     R"(healthcheck: :8080/healthz: no answer within 500ms \(.*\)\n)",
     "app: stopped\n"},
    {"node",
     {},
     R"(healthcheck: :\$\{PORT:-3000\}/healthz: no answer within 500ms \(.*\)\n)",
     "server: stopped\n"},
    {"python",
     {},
     R"(healthcheck: :\$\{PORT:-8000\}/healthz: no answer within 500ms \(.*\)\n)",
     "app: stopped\n"},
};

class Example : public testing::TestWithParam<Shown> {
 protected:
  static std::string configured(const std::string& field) {
    return the_engine().ask({"image", "inspect", "--format={{" + field + "}}", image()});
  }
  static std::string image() { return example(the_engine(), GetParam().name); }

  static Container start() {
    Words options = GetParam().options;
    options.push_back("--env=DISTROLESS_HEALTHCHECK_TIMEOUT=500ms");  // for the examples that can hang
    return {the_engine(), image(), {.options = options}};
  }

  static std::vector<pid_t> programs_of(const Container& container) {
    return harness::children_of(container.init_pid());
  }
};

void send_all(const std::vector<pid_t>& pids, int signal) {
  for (const pid_t pid : pids) ASSERT_EQ(::kill(pid, signal), 0);
}

TEST_P(Example, RunsUnderInitAndIsProbedByHealthcheckWithoutShell) {
  EXPECT_EQ(configured("index .Config.Entrypoint 0"), "/init");
  EXPECT_EQ(configured("index .Config.Healthcheck.Test 0"), "CMD");
  EXPECT_EQ(configured("index .Config.Healthcheck.Test 1"), GetParam().probe);
  // 127 is the engine's status for "not found".
  EXPECT_EQ(the_engine().call({"run", "--rm", "--network=none", "--entrypoint=/bin/sh", image()}).status,
            127);
}

TEST_P(Example, IsHealthyAsNonrootAndUnhealthyWhileItHangs) {
  const Container container = start();
  container.wait_for_health("healthy");
  const std::vector<pid_t> programs = programs_of(container);
  ASSERT_FALSE(programs.empty());
  for (const pid_t program : programs)
    EXPECT_EQ(harness::status_field(program, "Uid"), "65532\t65532\t65532\t65532");
  send_all(programs, SIGSTOP);
  container.wait_for_health("unhealthy");
  const std::string line = container.last_probe();
  EXPECT_TRUE(std::regex_match(line, std::regex{GetParam().hanging})) << line;
  send_all(programs, SIGCONT);
  container.wait_for_health("healthy");
}

TEST_P(Example, StopsByItselfBeforeEngineKills) {
  const Container container = start();
  container.wait_for_health("healthy");
  const Stopped stopped = container.stop();
  EXPECT_EQ(stopped.exit_status, 0) << container.logs();
  EXPECT_LT(stopped.elapsed, std::chrono::seconds{10});
  EXPECT_TRUE(container.logs().contains(GetParam().stopped)) << container.logs();
}

TEST(Examples, EveryExampleIsTestedAndListedInReadme) {
  const std::string readme = harness::read_file(REPOSITORY "/README.md");
  for (const auto& entry : std::filesystem::directory_iterator{REPOSITORY "/examples"}) {
    const std::string name = entry.path().filename();
    EXPECT_TRUE(readme.contains("](examples/" + name + ")")) << name;
    if (!std::filesystem::exists(entry.path() / "Dockerfile") || name == "worker") continue;  // it has a test
    EXPECT_TRUE(std::ranges::any_of(examples, [&](const Shown& shown) { return shown.name == name; }))
        << name;
  }
}

INSTANTIATE_TEST_SUITE_P(All, Example, testing::ValuesIn(examples),
                         [](const auto& shown) { return std::string{shown.param.name}; });

}  // namespace
}  // namespace engine

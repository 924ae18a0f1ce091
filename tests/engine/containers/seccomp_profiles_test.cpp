// Runs both programs under the default seccomp profiles of two engines: from files (seccomp/), and as built
// into the engine that runs here.
#include <gtest/gtest.h>

#include <ostream>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"
#include "images/roles.hpp"

namespace engine {
namespace {

using Words = std::vector<std::string>;

struct Case {
  const char* name;
  const Client& (*client)();
  const char* profile;  // the file's name; null means the engine's built-in profile
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

const Client& docker() { return the_engine(); }
const Client& podman() { return the_podman(); }

// One target of each kind.
const Words services{"-v",          "--together", "--",        "/testprog", "app",       "8080",    "::",
                     "/testprog",   "grpc",       "8081",      "::",        "/testprog", "present", "unix",
                     "/run/socket", "::",         "/testprog", "present",   "pid",       "/run/pid"};
constexpr int programs = 4;

Words as_option(const char* profile) {
  if (profile == nullptr) return {};
  const bool is_file = std::string{profile} != "unconfined";
  return {std::string{"--security-opt=seccomp="} + (is_file ? SECCOMP_PROFILES "/" : "") + profile};
}

Container start(const Client& client, const char* profile, const Words& arguments) {
  Words options = as_option(profile);
  options.insert(options.end(), {"--entrypoint=/init", "--tmpfs=/run:mode=1777"});
  return {client, roles_image, {.options = options, .arguments = arguments}};
}

class SeccompProfile : public testing::TestWithParam<Case> {
 protected:
  static Container start(const Words& arguments) {
    return engine::start(GetParam().client(), GetParam().profile, arguments);
  }
  static bool is_podmans_own() { return GetParam().profile == nullptr && GetParam().client == podman; }
};

int filters_of(pid_t pid) { return std::stoi(harness::status_field(pid, "Seccomp_filters")); }

TEST_P(SeccompProfile, InitDoesAllOfItsWork) {
  const Container service = start(services);
  service.wait_for_log("ready", programs);
  service.post("/orphans?count=20");
  const pid_t init = service.init_pid();
  harness::eventually("the orphans are reaped",
                      [&] { return harness::children_of(init).size() == programs; });
  // PROGRAM has the profile's filter, and init adds none of its own.
  const int inherited = filters_of(harness::children_of(init).front());
  EXPECT_GE(inherited, 1);
  EXPECT_EQ(filters_of(init), inherited);
  service.kill("HUP");
  service.wait_for_log("reloaded");
  service.kill("TERM");
  EXPECT_EQ(service.wait(), 0);
  EXPECT_TRUE(service.logs().contains("init: exiting with status 0")) << service.logs();
}

TEST_P(SeccompProfile, HealthcheckProbesEveryKind) {
  const Container service = start(services);
  service.wait_for_log("ready", programs);
  const harness::Outcome well =
      service.exec({"/healthcheck", "-v", ":8080/healthz", "tcp://localhost:8080", "unix:///run/socket",
                    "grpc://localhost:8081", "file:///run/pid", "pid:///run/pid"});
  EXPECT_EQ(well.status, 0) << well.err;
  EXPECT_TRUE(well.err.contains("grpc://localhost:8081: SERVING")) << well.err;
  EXPECT_TRUE(well.err.contains("pid:///run/pid: process ")) << well.err;
  const Words ill[] = {{":8080/none", "404 Not Found"},
                       {"tcp://127.0.0.1:9", "connection refused"},
                       {"unix:///none", "No such file or directory"},
                       {"grpc://localhost:8080", "an HTTP/1 server, not gRPC"},
                       {"file:///none", "No such file or directory"},
                       {"pid:///init", "no PID in it"}};
  for (const Words& one : ill) {
    const harness::Outcome outcome = service.exec({"/healthcheck", one[0]});
    EXPECT_EQ(outcome.status, 1) << one[0];
    EXPECT_TRUE(outcome.err.contains(one[1])) << outcome.err;
  }
}

std::string attempted(const Client& client, const char* profile) {
  const Container container = start(client, profile, {"--", "/testprog", "attempts"});
  EXPECT_EQ(container.wait(), 0);
  return container.logs();
}

// Negative control: the profile is in force.
TEST_P(SeccompProfile, IsInForce) {
  const std::string said = attempted(GetParam().client(), GetParam().profile);
  EXPECT_TRUE(said.contains("getpid: done")) << said;
  // In Podman's own profile the capabilities decide about the rest.
  EXPECT_TRUE(said.contains("bpf: Operation not permitted")) << said;
  if (is_podmans_own()) return;
  for (const char* call : {"keyctl", "unshare", "mount"})
    EXPECT_TRUE(said.contains(std::string{call} + ": Operation not permitted")) << said;
  EXPECT_TRUE(said.contains("clone3: Function not implemented")) << said;
  if (GetParam().profile == nullptr) return;
  EXPECT_TRUE(said.contains("socket of the host: Operation not permitted")) << said;
}

TEST(SeccompProfileNone, LetsEverythingPass) {
  const std::string said = attempted(the_engine(), "unconfined");
  EXPECT_TRUE(said.contains("unshare: done")) << said;
  for (const char* call : {"keyctl", "mount", "clone3"})
    EXPECT_FALSE(said.contains(std::string{call} + ": Operation not permitted")) << said;
}

INSTANTIATE_TEST_SUITE_P(Of, SeccompProfile,
                         testing::Values(Case{"DockerInDocker", docker, "docker-default.json"},
                                         Case{"ContainerdInDocker", docker, "containerd-default.json"},
                                         Case{"DockersOwn", docker, nullptr},
                                         Case{"DockerInPodman", podman, "docker-default.json"},
                                         Case{"ContainerdInPodman", podman, "containerd-default.json"},
                                         Case{"PodmansOwn", podman, nullptr}),
                         [](const auto& i) { return std::string{i.param.name}; });

}  // namespace
}  // namespace engine

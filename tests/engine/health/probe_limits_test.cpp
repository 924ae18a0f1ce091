// Tests a probe's time, its privileges and what it leaves behind. The service is stopped, so connections are
// accepted and nothing answers.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <set>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"
#include "images/variant.hpp"

namespace engine {
namespace {

using Words = std::vector<std::string>;

class ProbeLimits : public testing::Test {
 protected:
  Container start(const Words& more = {}) const {
    Words options{"--entrypoint=/init"};
    options.insert(options.end(), more.begin(), more.end());
    return {
        the_engine(), image_.tag(), {.options = options, .arguments = {"--", "/testprog", "app", "8080"}}};
  }

  // Returns PID 1's only child.
  static pid_t service_of(const Container& container) {
    const std::vector<pid_t> children = harness::children_of(container.init_pid());
    if (children.size() != 1) throw std::runtime_error("init does not have exactly one child");
    return children.front();
  }

  static void stop_service(const Container& container) {
    harness::checked(::kill(service_of(container), SIGSTOP), "SIGSTOP");
  }

  static void continue_service(const Container& container) {
    harness::checked(::kill(service_of(container), SIGCONT), "SIGCONT");
  }

  // Returns the PID of the running probe, or 0.
  static pid_t probe_of(pid_t init) {
    for (const pid_t pid : harness::members_of_namespace(init)) {
      if (harness::name_of(pid) == "healthcheck") return pid;
    }
    return 0;
  }

  static void wait_until_alone(const Container& container) {
    const pid_t init = container.init_pid();
    harness::eventually("init and the service are alone",
                        [&] { return harness::members_of_namespace(init).size() == 2; });
  }

  const Variant image_{the_engine(), R"(HEALTHCHECK CMD ["/healthcheck", ":8080/healthz"])"};
};

TEST_F(ProbeLimits, OwnTimeoutEndsInMessageThatEngineKeeps) {
  const Container service = start({"--env=DISTROLESS_HEALTHCHECK_TIMEOUT=100ms"});
  service.wait_for_health("healthy");
  stop_service(service);
  service.wait_for_health("unhealthy");
  EXPECT_EQ(service.last_probe(),
            "healthcheck: :8080/healthz: no answer within 100ms (waiting for headers)\n");
  continue_service(service);
  service.wait_for_health("healthy");
}

TEST_F(ProbeLimits, EnginesTimeoutKillsItAndNothingIsLeft) {
  const Container service = start({"--env=DISTROLESS_HEALTHCHECK_TIMEOUT=1h", "--health-timeout=1s"});
  service.wait_for_health("healthy");
  stop_service(service);
  service.wait_for_health("unhealthy");
  EXPECT_TRUE(service.last_probe().contains("exceeded timeout (1s)")) << service.last_probe();
  continue_service(service);
  service.wait_for_health("healthy");
  wait_until_alone(service);
}

TEST_F(ProbeLimits, ManyProbesLeaveNothing) {
  // Probes as often as the engine can; the engine keeps the last five results.
  constexpr std::size_t many = 40;
  const Container service = start({"--health-interval=1ms"});
  std::set<std::string> seen;
  harness::eventually("many probes", [&] {
    seen.insert(service.last_probe_start());
    return seen.size() > many;
  });
  wait_until_alone(service);
  EXPECT_EQ(service.inspect("{{.State.Health.Status}}"), "healthy");
}

TEST_F(ProbeLimits, ProbeNeedsNoPrivileges) {
  const Container service = start({"--env=DISTROLESS_HEALTHCHECK_TIMEOUT=1h"});
  service.wait_for_health("healthy");
  const pid_t init = service.init_pid();
  stop_service(service);
  pid_t probe = 0;
  harness::eventually("a probe waits for its answer", [&] {
    probe = probe_of(init);
    return probe != 0 && harness::state_of(probe) == 'S';
  });
  expect_no_privileges(probe);
  EXPECT_EQ(harness::status_field(probe, "Gid"), "65532\t65532\t65532\t65532");
  EXPECT_EQ(service.inspect("{{.HostConfig.ReadonlyRootfs}}"), "true");
  continue_service(service);
  service.wait_for_health("healthy");
}

}  // namespace
}  // namespace engine

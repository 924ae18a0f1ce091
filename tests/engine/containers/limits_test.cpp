// Tests the tightest limits that an engine can set on memory and on the number of processes.
#include <gtest/gtest.h>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"
#include "images/roles.hpp"
#include "images/variant.hpp"

namespace engine {
namespace {

using Words = std::vector<std::string>;

// Docker takes 6 MB, but runc 1.1 itself uses 8 MB of the container's memory to start it.
constexpr const char* least_memory = "10m";

TEST(LeastMemory, IsRefusedBelowSixMegabytes) {
  const harness::Outcome outcome =
      the_engine().call({"run", "--rm", "--memory=5m", roles_image, "/testprog", "exit", "0"});
  EXPECT_NE(outcome.status, 0);
  EXPECT_TRUE(outcome.err.contains("6MB")) << outcome.err;
}

TEST(LeastMemory, IsEnoughForInitServiceAndProbe) {
  const Variant image{the_engine(), R"(HEALTHCHECK CMD ["/healthcheck", ":8080/healthz"])"};
  const Container service{the_engine(),
                          image.tag(),
                          {.options = {"--entrypoint=/init", std::string{"--memory="} + least_memory,
                                       std::string{"--memory-swap="} + least_memory},
                           .arguments = {"-v", "--", "/testprog", "app", "8080", "--exit=7"}}};
  service.wait_for_health("healthy");
  EXPECT_EQ(service.inspect("{{.HostConfig.Memory}}"), std::to_string(10 << 20));
  const pid_t init = service.init_pid();
  for (int round = 0; round < 5; ++round) {
    service.post("/orphans?count=10");
    harness::eventually("the orphans are reaped", [&] { return harness::children_of(init).size() == 1; });
  }
  service.post("/fail");
  service.wait_for_health("unhealthy");
  EXPECT_TRUE(service.last_probe().contains("503 Service Unavailable")) << service.last_probe();
  service.post("/recover");
  service.wait_for_health("healthy");
  EXPECT_EQ(service.inspect("{{.State.OOMKilled}}"), "false");
  EXPECT_EQ(service.stop().exit_status, 7);
}

TEST(PidsLimit, InitForwardsAndReapsWhenLimitIsReached) {
  const Container service{the_engine(),
                          roles_image,
                          {.options = {"--entrypoint=/init", "--pids-limit=40"},
                           .arguments = {"-v", "--", "/testprog", "crowd"}}};
  service.wait_for_log("full with 38: Resource temporarily unavailable");
  service.kill("HUP");
  service.wait_for_log("signal 1");
  for (int round = 2; round < 5; ++round) {
    service.kill("USR1");
    service.wait_for_log("dispersed", round - 1);
    harness::eventually("the crowd is reaped",
                        [&] { return harness::children_of(service.init_pid()).size() == 1; });
    service.kill("USR2");
    // As many as before: every place was freed again.
    service.wait_for_log("full with 38: ", round);
  }
  EXPECT_EQ(service.stop().exit_status, 0);
  EXPECT_TRUE(service.logs().contains("init: exiting with status 0")) << service.logs();
}

}  // namespace
}  // namespace engine

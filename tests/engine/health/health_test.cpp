// Tests how the engine reacts to healthcheck's verdicts.
#include <gtest/gtest.h>

#include <regex>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"

namespace engine {
namespace {

TEST(Health, FollowsServiceDownAndUpAgain) {
  const Container service{the_engine(), example_image};
  service.wait_for_health("healthy");
  service.post("/fail");
  service.wait_for_health("unhealthy");
  service.post("/recover");
  service.wait_for_health("healthy");
}

TEST(Health, HealthyProbePrintsNothing) {
  const Container service{the_engine(), example_image};
  service.wait_for_health("healthy");
  EXPECT_EQ(service.last_probe(), "");
}

TEST(Health, UnhealthyProbePrintsReasonInOneLine) {
  const Container service{the_engine(), example_image};
  service.wait_for_health("healthy");
  service.post("/fail");
  service.wait_for_health("unhealthy");
  const std::regex line{R"(healthcheck: :8080/healthz: 503 Service Unavailable \(\d+ ms\)\n)"};
  EXPECT_TRUE(std::regex_match(service.last_probe(), line)) << service.last_probe();
}

TEST(Health, ServiceThatDoesNotListenIsNeverHealthy) {
  // Negative control: the service listens on a port that nobody probes.
  const Container service{
      the_engine(), example_image, {.options = {"--env=PORT=8081", "--health-start-period=1ms"}}};
  service.wait_for_health("unhealthy");
  EXPECT_TRUE(service.last_probe().contains("connection refused")) << service.last_probe();
}

TEST(Health, ProbeLeavesNoProcessBehind) {
  const Container service{the_engine(), example_image};
  service.wait_for_health("healthy");
  EXPECT_EQ(service.exec({"/healthcheck", ":8080/healthz"}).status, 0);
  EXPECT_EQ(service.exec({"/healthcheck", ":8080/nowhere"}).status, 1);
  const pid_t init = service.init_pid();
  harness::eventually("init and the service are alone",
                      [&] { return harness::members_of_namespace(init).size() == 2; });
}

}  // namespace
}  // namespace engine

// What the engine makes of healthcheck's verdicts.
#include <gtest/gtest.h>

#include "container.hpp"
#include "suite.hpp"
#include "support/proc.hpp"

namespace engine {
namespace {

// The output of the last probe that the engine keeps, as JSON: line ends are visible.
std::string last_probe_of(const Container& service) {
  return service.inspect("{{with .State.Health}}{{json (index .Log (len (slice .Log 1))).Output}}{{end}}");
}

TEST(Health, FollowsTheServiceDownAndUpAgain) {
  const Container service{the_engine(), example_image};
  service.wait_for_health("healthy");
  service.post("/fail");
  service.wait_for_health("unhealthy");
  service.post("/recover");
  service.wait_for_health("healthy");
}

TEST(Health, AHealthyProbeSaysNothing) {
  const Container service{the_engine(), example_image};
  service.wait_for_health("healthy");
  EXPECT_EQ(last_probe_of(service), R"("")");
}

TEST(Health, AnUnhealthyProbeSaysWhyInOneLine) {
  const Container service{the_engine(), example_image};
  service.wait_for_health("healthy");
  service.post("/fail");
  service.wait_for_health("unhealthy");
  const std::string probe = last_probe_of(service);
  EXPECT_TRUE(probe.starts_with(R"("healthcheck: http://)")) << probe;
  EXPECT_TRUE(probe.contains("/healthz: 503 Service Unavailable")) << probe;
  EXPECT_TRUE(probe.ends_with(R"(\n")")) << probe;
  EXPECT_EQ(probe.find(R"(\n)"), probe.rfind(R"(\n)")) << probe;
}

TEST(Health, AServiceThatDoesNotListenIsNeverHealthy) {
  // Negative control: it listens where nobody probes.
  const Container service{
      the_engine(), example_image, {.options = {"--env=PORT=8081", "--health-start-period=1ms"}}};
  service.wait_for_health("unhealthy");
  EXPECT_TRUE(last_probe_of(service).contains("connection refused")) << last_probe_of(service);
}

TEST(Health, AProbeLeavesNoProcessBehind) {
  const Container service{the_engine(), example_image};
  service.wait_for_health("healthy");
  EXPECT_EQ(service.exec({"/healthcheck", ":8080/healthz"}).status, 0);
  EXPECT_EQ(service.exec({"/healthcheck", ":8080/nowhere"}).status, 1);
  const pid_t init = service.init_pid();
  support::eventually("init and the service are alone",
                      [&] { return support::members_of_namespace(init).size() == 2; });
}

}  // namespace
}  // namespace engine

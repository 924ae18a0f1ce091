// Tests how Podman reacts to healthcheck's verdicts, and that it keeps the reason: it stores 500 characters,
// and since Podman 5 the newline at the end.
#include <gtest/gtest.h>

#include <regex>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "images/roles.hpp"

namespace engine {
namespace {

constexpr std::size_t kept = 500;

Container probed(const std::string& target) {
  // Unlike Docker's, this option takes the exec form.
  return {the_podman(),
          roles_image,
          {.options = {R"(--health-cmd=["/healthcheck", ")" + target + R"("])", "--health-retries=2",
                       "--env=PORT=8080"},
           .arguments = {"/init", "--", "/testprog", "app", "8080"}}};
}

TEST(PodmanHealth, FollowsServiceDownAndUpAgain) {
  const Container service = probed("http://localhost:${PORT}/healthz");
  service.wait_for_log("ready");
  EXPECT_TRUE(service.probe());
  EXPECT_EQ(service.inspect("{{.State.Health.Status}}"), "healthy");
  service.post("/fail");
  EXPECT_FALSE(service.probe());
  EXPECT_EQ(service.inspect("{{.State.Health.Status}}"), "healthy");
  EXPECT_FALSE(service.probe());
  EXPECT_EQ(service.inspect("{{.State.Health.Status}}"), "unhealthy");
  const std::regex line{
      R"(healthcheck: http://localhost:\$\{PORT\}/healthz: 503 Service Unavailable \(\d+ ms\)\n?)"};
  EXPECT_TRUE(std::regex_match(service.last_probe(), line)) << service.last_probe();
  service.post("/recover");
  EXPECT_TRUE(service.probe());
  EXPECT_EQ(service.inspect("{{.State.Health.Status}}"), "healthy");
}

TEST(PodmanHealth, ReasonIsWithinStoredOutput) {
  const Container service = probed(":8080/" + std::string(2 * kept, 'x'));
  service.wait_for_log("ready");
  EXPECT_FALSE(service.probe());
  const std::string line = service.last_probe();
  EXPECT_LE(line.size(), kept);
  EXPECT_TRUE(std::regex_search(line, std::regex{R"(: 404 Not Found \(\d+ ms\)\n?$)"})) << line;
}

}  // namespace
}  // namespace engine

// Runs examples/compose and examples/restart unchanged, except that they get no network: the private engine
// has none.
#include <gtest/gtest.h>

#include <utility>

#include "engines/container.hpp"
#include "engines/suite.hpp"

namespace engine {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

constexpr const char* without_network = R"(services:
  service: {network_mode: none}
  worker: {network_mode: none}
)";
// The service listens on a port that nobody probes.
constexpr const char* unhealthy = R"(services:
  service: {network_mode: none, environment: {PORT: "8081"}}
  worker: {network_mode: none}
)";

class ComposeTest : public testing::Test {
 protected:
  explicit ComposeTest(std::string example) : example_{std::move(example)} {}

  harness::Outcome up(const std::string& changes) const {
    using harness::operator/;
    harness::write_file(directory_ / "override.yaml", changes);
    return compose({"up", "--detach", "--no-build"});
  }

  harness::Outcome compose(const Words& arguments) const {
    using harness::operator/;
    Words command{"/usr/bin/docker-compose", "--project-name=" + example_,
                  "--file=" REPOSITORY "/examples/" + example_ + "/compose.yaml",
                  "--file=" + (directory_ / "override.yaml").string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return the_engine().run_client(command, 60s);
  }

  // By its labels: Compose 1 calls a container `example_worker_1`, Compose 2 `example-worker-1`.
  std::string container_of(const std::string& service) const {
    return the_engine().ask({"ps", "--quiet", "--filter=label=com.docker.compose.project=" + example_,
                             "--filter=label=com.docker.compose.service=" + service});
  }

  ~ComposeTest() override { compose({"down", "--timeout=0"}); }

 private:
  std::string example_;
  harness::TemporaryDirectory directory_;
};

class ComposeExample : public ComposeTest {
 protected:
  ComposeExample() : ComposeTest{"compose"} {}
};

class RestartExample : public ComposeTest {
 protected:
  RestartExample() : ComposeTest{"restart"} {}
};

TEST_F(ComposeExample, WorkerStartsWhenServiceIsHealthy) {
  const harness::Outcome outcome = up(without_network);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Container service{the_engine(), Existing{container_of("service")}};
  const Container worker{the_engine(), Existing{container_of("worker")}};
  worker.wait_for_health("healthy");
  const auto begin = harness::Clock::now();
  const harness::Outcome stopped = compose({"stop"});
  EXPECT_EQ(stopped.status, 0) << stopped.err;
  EXPECT_GE(harness::Clock::now() - begin, 2s);  // DISTROLESS_INIT_STOP_DELAY
  EXPECT_LT(harness::Clock::now() - begin, 15s);
  EXPECT_EQ(service.inspect("{{.State.ExitCode}}"), "0");
  EXPECT_EQ(worker.inspect("{{.State.ExitCode}}"), "0");
}

TEST_F(ComposeExample, WorkerDoesNotStartWhenServiceIsUnhealthy) {
  const harness::Outcome outcome = up(unhealthy);
  EXPECT_NE(outcome.status, 0);
  EXPECT_EQ(container_of("worker"), "");
  const Container service{the_engine(), Existing{container_of("service")}};
  EXPECT_TRUE(service.last_probe().contains("connection refused")) << service.last_probe();
}

TEST_F(RestartExample, ServiceThatBecomesUnhealthyIsStartedAgain) {
  const harness::Outcome outcome = up("services:\n  service: {network_mode: none}\n");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Container service{the_engine(), Existing{container_of("service")}};
  service.wait_for_health("healthy");
  EXPECT_EQ(service.inspect("{{.RestartCount}}"), "0");
  service.post("/fail");
  harness::eventually(
      "it is started again",
      [&] { return service.inspect("{{.RestartCount}} {{.State.Running}}") == "1 true"; }, 60s);
  service.wait_for_health("healthy");
  const std::string logs = service.logs();
  EXPECT_TRUE(logs.contains("stopping on terminated")) << logs;
}

}  // namespace
}  // namespace engine

// --stop-delay: after docker stop the service keeps answering, so that load balancers can send their clients
// elsewhere.
#include <gtest/gtest.h>
#include <signal.h>

#include <future>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "images/roles.hpp"

namespace engine {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

constexpr auto patience = 30s;

Container started(const std::string& delay, const Words& role) {
  Words arguments{"--", "/testprog"};
  arguments.insert(arguments.end(), role.begin(), role.end());
  return {the_engine(),
          roles_image,
          {.options = {"--entrypoint=/init", "--env=DISTROLESS_INIT_VERBOSE=1",
                       "--env=DISTROLESS_INIT_STOP_DELAY=" + delay},
           .arguments = arguments}};
}

std::future<Stopped> stopping(const Container& service) {
  return std::async(std::launch::async, [&service] { return service.stop(patience); });
}

TEST(StopDelay, ServiceAnswersForWholeDelayThenGetsSigterm) {
  // After SIGTERM it runs long enough that a request in flight is answered.
  const Container service = started("10s", {"app", "8080", "--exit=7", "--stop-time=2000"});
  service.wait_for_log("ready");
  const auto begin = harness::Clock::now();
  std::future<Stopped> stop = stopping(service);
  service.wait_for_log("init: holding SIGTERM");
  int answers = 0;
  for (; !service.logs().contains("stopping"); ++answers) {
    const harness::Outcome probe = service.exec({"/healthcheck", ":8080/healthz"});
    ASSERT_EQ(probe.status, 0) << "after " << answers << " answers: " << probe.out << probe.err;
  }
  const auto held = harness::Clock::now() - begin;
  EXPECT_GE(held, 10s);
  EXPECT_LT(held, 15s);
  EXPECT_GE(answers, 10);
  const Stopped stopped = stop.get();
  EXPECT_EQ(stopped.exit_status, 7);
  EXPECT_LT(stopped.elapsed, patience);
}

TEST(StopDelay, EndsWhenServiceExits) {
  const Container service = started("1h", {"signals", "--until=USR1"});
  service.wait_for_log("ready");
  std::future<Stopped> stop = stopping(service);
  service.wait_for_log("init: holding SIGTERM");
  service.kill("USR1");
  const Stopped stopped = stop.get();
  // Otherwise the engine would have killed it at the end of its timeout.
  EXPECT_EQ(stopped.exit_status, 0);
  EXPECT_LT(stopped.elapsed, 10s);
  EXPECT_FALSE(service.logs().contains("forwarding SIGTERM")) << service.logs();
}

}  // namespace
}  // namespace engine

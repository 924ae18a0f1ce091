// examples/worker: it has no port and writes a heartbeat file.
#include <gtest/gtest.h>
#include <signal.h>

#include <regex>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"

namespace engine {
namespace {

using namespace std::chrono_literals;

TEST(WorkerExample, IsUnhealthyWhileItHangsAndStopsAtOnce) {
  const Container worker{the_engine(), worker_image, {.options = {"--tmpfs=/tmp"}}};
  worker.wait_for_health("healthy");
  const std::vector<pid_t> children = harness::children_of(worker.init_pid());
  ASSERT_EQ(children.size(), 1U);
  ASSERT_EQ(::kill(children.front(), SIGSTOP), 0);
  worker.wait_for_health("unhealthy");
  const std::regex line{R"(healthcheck: file:///tmp/heartbeat: \d+(\.\d+)?s old\n)"};
  EXPECT_TRUE(std::regex_match(worker.last_probe(), line)) << worker.last_probe();
  ASSERT_EQ(::kill(children.front(), SIGCONT), 0);
  worker.wait_for_health("healthy");
  const Stopped stopped = worker.stop();
  EXPECT_EQ(stopped.exit_status, 0);
  EXPECT_LT(stopped.elapsed, 5s);
  EXPECT_TRUE(worker.logs().contains("worker: stopped")) << worker.logs();
}

}  // namespace
}  // namespace engine

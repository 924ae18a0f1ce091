// Tests the signals that the engine sends, and how a container ends.
#include <gtest/gtest.h>
#include <signal.h>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"

namespace engine {
namespace {

using namespace std::chrono_literals;

TEST(Signals, SighupReachesService) {
  const Container service{the_engine(), example_image};
  service.wait_for_log("started as pid");
  service.kill("HUP");
  service.wait_for_log("reloaded 1");
  service.kill("HUP");
  service.wait_for_log("reloaded 2");
}

TEST(Signals, StopLetsServiceEndInItsOwnTimeWithItsOwnStatus) {
  const Container service{the_engine(), example_image, {.options = {"--env=EXIT_STATUS=42"}}};
  service.wait_for_log("started as pid");
  const Stopped stopped = service.stop();
  EXPECT_EQ(stopped.exit_status, 42);
  // The engine sends SIGKILL after 10 s; the service must have ended by itself before that.
  EXPECT_LT(stopped.elapsed, 5s);
  EXPECT_TRUE(service.logs().contains("stopped with status 42")) << service.logs();
}

TEST(Signals, KilledServiceGives128PlusSignal) {
  const Container service{the_engine(), example_image};
  service.wait_for_log("started as pid");
  // Sent to the service directly, not through init, as the kernel does when memory runs out.
  const std::vector<pid_t> children = harness::children_of(service.init_pid());
  ASSERT_EQ(children.size(), 1U);
  ASSERT_EQ(::kill(children.front(), SIGKILL), 0);
  EXPECT_EQ(service.wait(), 128 + SIGKILL);
}

TEST(Signals, MissingProgramGives127) {
  const Container service{
      the_engine(), example_image, {.options = {"--entrypoint=/init"}, .arguments = {"/nowhere"}}};
  EXPECT_EQ(service.wait(), 127);
  EXPECT_TRUE(service.logs().contains("init: ")) << service.logs();
}

}  // namespace
}  // namespace engine

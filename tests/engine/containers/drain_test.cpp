// When the program leaves helpers behind, docker stop gives them the time they need and no more.
#include <gtest/gtest.h>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "images/roles.hpp"

namespace engine {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

// The default drain period, after which a container ends no matter what its helpers do.
constexpr auto drain = 5s;

Container started(const Words& init, const Words& role) {
  Words arguments{init.begin() + 1, init.end()};
  arguments.insert(arguments.end(), {"--", "/testprog"});
  arguments.insert(arguments.end(), role.begin(), role.end());
  return {the_engine(), roles_image, {.options = {"--entrypoint=" + init.front()}, .arguments = arguments}};
}

// Returns the number that follows that text in the log.
std::string number_after(const std::string& text, const std::string& log) {
  const std::size_t begin = log.find(text) + text.size();
  return log.substr(begin, log.find_first_not_of("0123456789", begin) - begin);
}

TEST(Drain, HelperThatNeedsTimeFinishes) {
  const Container service = started({"/init"}, {"slow-helper", "300", "--exit=3"});
  service.wait_for_log("ready");
  const Stopped stopped = service.stop();
  EXPECT_EQ(stopped.exit_status, 3);
  EXPECT_GE(stopped.elapsed, 300ms);
  EXPECT_LT(stopped.elapsed, drain);
  EXPECT_TRUE(service.logs().contains("helper done")) << service.logs();
}

TEST(Drain, HelperThatNeedsNoTimeCostsNone) {
  const Container service = started({"/init", "--drain=1h"}, {"slow-helper", "0"});
  service.wait_for_log("ready");
  // If the drain period did not end with the last process, the engine would send SIGKILL after 10 s.
  const Stopped stopped = service.stop();
  EXPECT_EQ(stopped.exit_status, 0);
  EXPECT_LT(stopped.elapsed, drain);
  EXPECT_TRUE(service.logs().contains("helper done")) << service.logs();
}

TEST(Drain, HelperThatIgnoresSigtermIsKilledAndNamed) {
  const Container service =
      started({"/init", "--drain=1s"}, {"orphans", "1", "--live=3600000", "--deaf", "--print"});
  service.wait_for_log("orphan ");
  service.wait_for_log("ready");
  const Stopped stopped = service.stop();
  EXPECT_EQ(stopped.exit_status, 0);
  EXPECT_GE(stopped.elapsed, 1s);
  EXPECT_LT(stopped.elapsed, drain);
  const std::string log = service.logs();
  const std::string named = "init: killing testprog (PID " + number_after("orphan ", log) + ")";
  EXPECT_TRUE(log.contains(named)) << named << " is not in\n" << log;
}

TEST(Drain, HelperIsCutOffWithTini) {
  // Negative control: the same with tini, Docker's default init.
  const Container service = started({"/tini"}, {"slow-helper", "300"});
  service.wait_for_log("ready");
  EXPECT_EQ(service.stop().exit_status, 0);
  EXPECT_FALSE(service.logs().contains("helper done")) << service.logs();
}

}  // namespace
}  // namespace engine

// examples/nginx: rewritten signals, and two programs that run together.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"
#include "images/images.hpp"

namespace engine {
namespace {

class NginxExample : public testing::Test {
 protected:
  NginxExample() { front_.wait_for_health("healthy"); }

  pid_t program(const std::string& name) const {
    const std::vector<pid_t> programs = harness::children_of(front_.init_pid());
    const auto found =
        std::ranges::find_if(programs, [&](pid_t pid) { return harness::name_of(pid) == name; });
    if (found == programs.end()) throw std::runtime_error("no " + name + " below init");
    return *found;
  }
  void expect_logged(const std::string& text) const {
    EXPECT_TRUE(front_.logs().contains(text)) << "no \"" << text << "\":\n" << front_.logs();
  }

  const Container front_{the_engine(), example(the_engine(), "nginx"), {.options = {"--tmpfs=/tmp"}}};
};

TEST_F(NginxExample, RequestInFlightIsAnsweredDuringStop) {
  the_engine().ask(
      {"exec", "--detach", front_.inspect("{{.Id}}"), "/healthcheck", "--timeout=30s", ":8080/news"});
  front_.wait_for_log("app: a reader waits for news");
  EXPECT_EQ(front_.stop().exit_status, 0);
  expect_logged("gracefully shutting down");
  expect_logged("\"GET /news HTTP/1.1\" 200 ");
}

TEST_F(NginxExample, NginxIsStoppedWhenServiceDies) {
  ASSERT_EQ(::kill(program("app"), SIGKILL), 0);
  EXPECT_EQ(front_.wait(), 128 + SIGKILL);
  expect_logged("gracefully shutting down");
}

TEST_F(NginxExample, ServiceIsStoppedWhenNginxDies) {
  ASSERT_EQ(::kill(program("nginx"), SIGTERM), 0);
  EXPECT_EQ(front_.wait(), 0);
  expect_logged("app: stopped");
}

}  // namespace
}  // namespace engine

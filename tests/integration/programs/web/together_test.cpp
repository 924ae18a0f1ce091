// Tests nginx and a Node.js application behind it as the programs of one init --together.
#include <gtest/gtest.h>
#include <signal.h>

#include "client.hpp"
#include "harness/proc.hpp"
#include "nginx.hpp"

namespace programs {
namespace {

using harness::Container;
using harness::eventually;

// A port of the container's own loopback.
constexpr int port = 8080;

const std::string application = R"(
  const server = require('http').createServer((request, response) => {
    response.end('from node');
    if (request.url === '/fail') response.on('finish', () => process.exit(7));
  });
  server.listen(8080, '127.0.0.1', () => console.log('ready'));
  process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(5); });
)";

class Together : public testing::Test {
 protected:
  Together() : container_{start()} {
    container_.init().wait_for_line("ready");
    eventually("the application answers through nginx", [&] { return get(nginx_.socket()) == "from node"; });
  }

  Container start() const {
    nginx_.proxy_to(port);
    Words words = nginx_.command();
    for (const std::string& word : {std::string{"::"}, installed("node"), std::string{"-e"}, application}) {
      words.push_back(word);
    }
    return under_init({"--together"}, words);
  }

  pid_t program(std::string_view name) const {
    for (const pid_t pid : harness::children_of(container_.pid())) {
      if (harness::name_of(pid) == name) return pid;
    }
    throw std::runtime_error("no " + std::string{name} + " is a child of init");
  }

  Nginx nginx_;
  Container container_;
};

TEST_F(Together, NginxStopsWhenApplicationEnds) {
  EXPECT_EQ(get(nginx_.socket(), "/fail"), "from node");
  const harness::Outcome outcome = container_.wait();
  EXPECT_EQ(outcome.status, 7);
  EXPECT_TRUE(outcome.err.contains("signal 15 (SIGTERM) received from 1, exiting")) << outcome.err;
  EXPECT_FALSE(outcome.out.contains("asked to stop")) << outcome.out;
}

TEST_F(Together, ApplicationStopsWhenNginxEnds) {
  ::kill(program("nginx"), SIGQUIT);
  const harness::Outcome outcome = container_.wait();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.err.contains("gracefully shutting down")) << outcome.err;
  EXPECT_TRUE(outcome.out.contains("asked to stop")) << outcome.out;
}

// nginx can no longer stop its workers: they are now init's responsibility.
TEST_F(Together, ApplicationAndWorkersStopWhenNginxIsKilled) {
  ::kill(program("nginx"), SIGKILL);
  const harness::Outcome outcome = container_.wait();
  EXPECT_EQ(outcome.status, 128 + SIGKILL);
  EXPECT_TRUE(outcome.out.contains("asked to stop")) << outcome.out;
  EXPECT_FALSE(listens(nginx_.socket()));
}

TEST_F(Together, StopReachesBoth) {
  container_.init().send(SIGTERM);
  const harness::Outcome outcome = container_.wait();
  // The status is that of the program that ended first.
  EXPECT_TRUE(outcome.status == 0 || outcome.status == 5) << outcome.status;
  EXPECT_TRUE(outcome.err.contains("signal 15 (SIGTERM) received from 1, exiting")) << outcome.err;
  EXPECT_TRUE(outcome.out.contains("asked to stop")) << outcome.out;
}

}  // namespace
}  // namespace programs

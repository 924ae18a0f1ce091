// examples/grpc: the engine's HEALTHCHECK probes the standard health service.
#include <gtest/gtest.h>

#include <regex>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "images/images.hpp"

namespace engine {
namespace {

TEST(GrpcExample, StatusFollowsHealthService) {
  const Container greeter{the_engine(), example(the_engine(), "grpc")};
  greeter.wait_for_health("healthy");
  EXPECT_EQ(greeter.last_probe(), "");
  greeter.kill("USR2");
  greeter.wait_for_health("unhealthy");
  const std::regex line{
      R"(healthcheck: grpc://localhost:\$\{PORT:-50051\}/example.Greeter: (.*NOT_SERVING.*) \(\d+ ms\)\n)"};
  EXPECT_TRUE(std::regex_match(greeter.last_probe(), line)) << greeter.last_probe();
  greeter.kill("USR2");
  greeter.wait_for_health("healthy");
}

TEST(GrpcExample, AnswersForServerAndRejectsUnknownService) {
  const Container greeter{the_engine(), example(the_engine(), "grpc")};
  greeter.wait_for_health("healthy");
  EXPECT_EQ(greeter.exec({"/healthcheck", "grpc://localhost:50051"}).status, 0);
  const harness::Outcome unknown = greeter.exec({"/healthcheck", "grpc://127.0.0.1:50051/example.Nobody"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_TRUE(unknown.err.contains(": unknown service (")) << unknown.err;
}

}  // namespace
}  // namespace engine

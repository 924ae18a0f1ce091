// Tests the configuration and the content of the image that Dockerfile.example builds.
#include <gtest/gtest.h>

#include "engines/suite.hpp"

namespace engine {
namespace {

std::string configured(const std::string& field) {
  return the_engine().ask({"image", "inspect", "--format={{json .Config." + field + "}}", example_image});
}

harness::Outcome run_instead(const std::string& program, const std::vector<std::string>& arguments = {}) {
  std::vector<std::string> command{"run", "--rm", "--network=none", "--entrypoint=" + program, example_image};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return the_engine().call(command);
}

TEST(ExampleImage, RunsServiceThroughInit) {
  EXPECT_EQ(configured("Entrypoint"), R"(["/init","--","/service"])");
}

TEST(ExampleImage, IsProbedByHealthcheckWithoutShell) {
  EXPECT_EQ(configured("Healthcheck.Test"), R"(["CMD","/healthcheck",":8080/healthz"])");
}

TEST(ExampleImage, RunsAsNonroot) { EXPECT_EQ(configured("User"), R"("nonroot:nonroot")"); }

TEST(ExampleImage, IsStoppedBySigterm) { EXPECT_EQ(configured("StopSignal"), R"("SIGTERM")"); }

TEST(ExampleImage, ContainsBothProgramsOfThisVersion) {
  EXPECT_EQ(run_instead("/init", {"--version"}).out, "init " PROJECT_VERSION "\n");
  EXPECT_EQ(run_instead("/healthcheck", {"--version"}).out, "healthcheck " PROJECT_VERSION "\n");
}

TEST(ExampleImage, ContainsNoShell) {
  for (const char* shell : {"/bin/sh", "/bin/bash", "/busybox/sh"}) {
    // 127 is the engine's status for "not found".
    EXPECT_EQ(run_instead(shell).status, 127) << shell;
  }
}

}  // namespace
}  // namespace engine

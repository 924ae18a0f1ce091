// Runs the README's other snippets as pasted: the image is built, a Dockerfile copies the programs from it,
// and the service runs with Compose and in a pod. The service is the test program. Only the places are this
// test's, and the networks of an engine that has no bridge.
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "engines/container.hpp"
#include "engines/pod.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"
#include "images/images.hpp"
#include "readme.hpp"

namespace engine {
namespace {

using namespace std::chrono_literals;
using harness::operator/;
using Words = std::vector<std::string>;

constexpr const char* programs_image = "distroless-init";
constexpr const char* service_image = "distroless-readme";

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The first command installs and builds on the machine: the test debian13 runs it.
void build_programs_image() {
  const std::vector<std::string> commands = lines_of(code_after("\n## Install and verify\n"));
  ASSERT_EQ(commands.size(), 2U);
  const harness::Outcome built =
      the_engine().run_client({"/bin/sh", "-euc", "cd " REPOSITORY "; " + commands[1]}, 60s);
  ASSERT_EQ(built.status, 0) << built.err;
}

class Readme : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    build_programs_image();
    const std::string snippet = code_after("\n**Dockerfile**");
    build_text(the_engine(),
               "FROM scratch\nCOPY --from=distroless-roles /testprog /app\n" + snippet +
                   "USER 65532:65532\nCMD [\"app\", \"8080\"]\n",
               service_image);
  }
  static void TearDownTestSuite() {
    the_engine().call({"image", "rm", "--force", service_image, programs_image, "service"});
  }
};

TEST_F(Readme, DockerfileMakesHealthyServiceThatStops) {
  const Container service{the_engine(), service_image};
  service.wait_for_health("healthy");
  EXPECT_TRUE(harness::read_file("/proc/" + std::to_string(service.init_pid()) + "/exe") ==
              harness::read_file(REPOSITORY "/build/release/bin/init"));
  service.post("/fail");
  service.wait_for_health("unhealthy");
  EXPECT_EQ(service.stop().exit_status, 0) << service.logs();
}

class ReadmeCompose : public Readme {
 protected:
  ReadmeCompose() {
    the_engine().ask({"tag", service_image, "service"});
    harness::write_file(directory_ / "compose.yaml", code_after("\n**Compose**"));
    // No bridge, and no ten seconds until the first probe.
    harness::write_file(directory_ / "override.yaml",
                        "services:\n  app: {network_mode: none, healthcheck: {interval: 300ms}}\n");
  }
  ~ReadmeCompose() override { compose({"down", "--timeout=0"}); }

  harness::Outcome compose(const Words& arguments) const {
    Words command{"/usr/bin/docker-compose", "--project-name=readme",
                  "--file=" + (directory_ / "compose.yaml").string(),
                  "--file=" + (directory_ / "override.yaml").string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return the_engine().run_client(command, 60s);
  }

 private:
  harness::TemporaryDirectory directory_;
};

TEST_F(ReadmeCompose, ServiceIsHealthyAndStopsAfterItsDelay) {
  const harness::Outcome up = compose({"up", "--detach"});
  ASSERT_EQ(up.status, 0) << up.err;
  const Container app{
      the_engine(),
      Existing{the_engine().ask({"ps", "--quiet", "--filter=label=com.docker.compose.project=readme"})}};
  app.wait_for_health("healthy");
  const auto begin = harness::Clock::now();
  const harness::Outcome stopped = compose({"stop"});
  EXPECT_EQ(stopped.status, 0) << stopped.err;
  EXPECT_GE(harness::Clock::now() - begin, 2s);
  EXPECT_EQ(app.inspect("{{.State.ExitCode}}"), "0");
}

// The containers of a pod, with the name of an image, which the README leaves to its reader.
std::string pod_with(const std::string& containers, const std::string& image) {
  std::string manifest = "apiVersion: v1\nkind: Pod\nmetadata: {name: readme}\nspec:\n";
  for (const std::string& line : lines_of(containers)) {
    manifest += "  " + line + "\n";
    if (line == "  - name: app") manifest += "      image: " + image + "\n      args: [app, \"8080\"]\n";
  }
  return manifest;
}

std::vector<Words> probes_in(const std::string& manifest) {
  const std::regex probe{R"(exec: \{command: \[(.*)\]\})"};
  const std::regex word{R"x("([^"]*)")x"};
  std::vector<Words> probes;
  for (std::sregex_iterator at{manifest.begin(), manifest.end(), probe}, end; at != end; ++at) {
    const std::string list = (*at)[1];
    probes.emplace_back();
    for (std::sregex_iterator item{list.begin(), list.end(), word}; item != end; ++item)
      probes.back().push_back((*item)[1]);
  }
  return probes;
}

TEST_F(Readme, PodAnswersItsProbesAndStopsAfterItsDelay) {
  const std::string image = "registry.example/readme:1.0.0";
  copy_image({the_engine(), the_podman()}, service_image, image);
  const std::string manifest = pod_with(code_after("\n**Kubernetes**"), image);
  const Pod pod{the_podman(), manifest};
  const Container app = pod.container("readme-app");
  app.wait_for_log("ready");
  const std::vector<Words> probes = probes_in(manifest);
  ASSERT_EQ(probes.size(), 2U);
  for (const Words& probe : probes) EXPECT_EQ(app.exec(probe).status, 0);
  expect_no_privileges(app.init_pid());
  app.post("/fail");
  for (const Words& probe : probes) EXPECT_EQ(app.exec(probe).status, 1);
  const Stopped stopped = app.stop(20s);
  EXPECT_EQ(stopped.exit_status, 0) << app.logs();
  EXPECT_GE(stopped.elapsed, 5s);
}

}  // namespace
}  // namespace engine

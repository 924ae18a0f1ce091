// Runs examples/kubernetes unchanged: plays what Podman can play, runs the commands that the kubelet would
// run, and tries the policies' patterns on image names.
#include <fnmatch.h>
#include <gtest/gtest.h>

#include <regex>

#include "engines/pod.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"
#include "images/base_images.hpp"
#include "images/images.hpp"

namespace engine {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

std::string example(const std::string& file) {
  return harness::read_file(REPOSITORY "/examples/kubernetes/" + file);
}

// Returns everything that the pattern's group matches.
Words all_matches(const std::string& text, const std::string& pattern) {
  const std::regex regex{pattern};
  Words found;
  for (std::sregex_iterator at{text.begin(), text.end(), regex}, end; at != end; ++at)
    found.push_back((*at)[1]);
  return found;
}

Words words_of(const std::string& list) { return all_matches(list, R"x("([^"]*)")x"); }

class KubernetesExample : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    copy_image({the_engine(), the_podman()}, example_image, "registry.example/service:1.0.0");
  }

  // Podman 4 calls the pod of a deployment `service-pod-0`, Podman 5 `service-pod`.
  static std::string container_of(const Pod& pod) {
    const std::string names =
        the_podman().ask({"ps", "--filter=pod=" + pod.id(), "--filter=name=service$", "--format={{.Names}}"});
    if (names.empty() || names.contains('\n'))
      throw std::runtime_error("not exactly one container: " + names);
    return names;
  }
};

TEST_F(KubernetesExample, DeploymentRunsAnswersItsProbesAndStops) {
  const std::string manifest = example("deployment.yaml");
  const Pod pod{the_podman(), manifest};
  const Container service = pod.container(container_of(pod));
  service.wait_for_log("started as pid");
  const Words probes = all_matches(manifest, R"(exec: \{command: \[(.*)\]\})");
  ASSERT_EQ(probes.size(), 3U);
  // The service prints this before it listens: that gap is why the startup probe exists.
  harness::eventually("the startup probe is well",
                      [&] { return service.exec(words_of(probes[0])).status == 0; });
  EXPECT_EQ(service.exec(words_of(probes[1])).status, 0);
  EXPECT_EQ(service.exec(words_of(probes[2])).status, 0);
  service.post("/fail");
  EXPECT_EQ(service.exec(words_of(probes[1])).status, 1);  // not ready,
  EXPECT_EQ(service.exec(words_of(probes[2])).status, 0);  // and not about to be restarted
  EXPECT_EQ(harness::status_field(service.init_pid(), "Uid"), "65532\t65532\t65532\t65532");
  EXPECT_EQ(harness::signal_set(service.init_pid(), "CapBnd"), 0U);
  const Stopped stopped = service.stop(20s);
  EXPECT_EQ(stopped.exit_status, 0);
  EXPECT_GE(stopped.elapsed, 5s);
  EXPECT_LT(stopped.elapsed, 15s);
}

TEST_F(KubernetesExample, GateOpensWhenSidecarAnswers) {
  // Podman 4.3 has no native sidecars, so the gate runs beside a service that stands in for one.
  const Words gates = all_matches(example("sidecar.yaml"), R"(command: \[("/healthcheck".*--wait.*)\])");
  ASSERT_EQ(gates.size(), 1U);
  const Container proxy{the_podman(), example_image};
  EXPECT_EQ(proxy.exec(words_of(gates[0])).status, 0);
}

// `kubectl debug --target` starts a container in the service's PID namespace and network, with the user and
// the confinement of debug-container.yaml.
harness::Outcome debug(const Container& service, const std::string& image, const std::string& commands) {
  const std::string beside = "=container:" + service.inspect("{{.Id}}");
  return the_engine().call({"run", "--rm", "--pid" + beside, "--network" + beside, "--user=65532:65532",
                            "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges",
                            "--entrypoint=/busybox/sh", image, "-c", commands});
}

TEST(KubernetesDebugContainer, ShowsProcessesAndFilesOfService) {
  const Words images = all_matches(example("README.md"), R"(--image=(\S+))");
  ASSERT_EQ(images.size(), 1U);
  provide_base_image(the_engine(), images[0]);
  const Container service{the_engine(), example_image};
  service.wait_for_health("healthy");
  const harness::Outcome processes = debug(service, images[0], "ps -o pid,args");
  EXPECT_TRUE(std::regex_search(processes.out, std::regex{R"(\n +1 /init .*/service\n)"})) << processes.out;
  EXPECT_TRUE(debug(service, images[0], "ls /proc/1/root/").out.contains("\nservice\n"));
  const harness::Outcome probe = debug(service, images[0], "/proc/1/root/healthcheck -v :8080/healthz");
  EXPECT_EQ(probe.status, 0) << probe.err;
  EXPECT_TRUE(probe.err.contains("200 OK")) << probe.err;
}

struct Image {
  const char* name;
  bool allowed;
};

constexpr Image images[] = {
    {"gcr.io/distroless/static-debian13", true},
    {"gcr.io/distroless/static-debian13:nonroot", true},
    {"gcr.io/distroless/static-debian13:latest", true},
    {"registry.example:5000/debug/service:1.0.0", true},
    {"registry.example/service@sha256:0123456789abcdef", true},
    {"gcr.io/distroless/static-debian13:debug", false},
    {"gcr.io/distroless/static-debian13:debug-nonroot", false},
    {"gcr.io/distroless/static-debian13:debug-nonroot-arm64", false},
    {"gcr.io/distroless/static-debian13:debug@sha256:0123456789abcdef", false},
    {"registry.example:5000/service:debug", false},
};

TEST(KubernetesPolicies, AdmissionPolicyMatchesDebugImages) {
  const Words patterns = all_matches(example("validating-admission-policy.yaml"), R"(matches\('(.*)'\))");
  ASSERT_EQ(patterns.size(), 1U);
  for (const Image& image : images) {
    EXPECT_EQ(!std::regex_search(image.name, std::regex{patterns[0]}), image.allowed) << image.name;
  }
}

TEST(KubernetesPolicies, KyvernoPolicyMatchesDebugImages) {
  const Words patterns = all_matches(example("kyverno.yaml"), R"x(image: "!(.*)")x");
  ASSERT_EQ(patterns.size(), 2U);
  EXPECT_EQ(all_matches(example("kyverno.yaml"), R"x(reference\): "!(.*)")x"), Words{patterns[0]});
  for (const std::string& pattern : patterns) {
    for (const Image& image : images) {
      EXPECT_EQ(::fnmatch(pattern.c_str(), image.name, 0) != 0, image.allowed) << image.name;
    }
  }
}

// The kubelet allows a probe one second by default, and a probe that it kills leaves no message.
TEST(KubernetesExamples, ProbesEndBeforeKubeletsTimeout) {
  std::size_t probes = 0;
  for (const char* file : {"deployment.yaml", "sidecar.yaml", "image-volume.yaml"}) {
    for (const std::string& probe : all_matches(example(file), R"(exec: \{command: \[(.*)\]\})")) {
      ++probes;
      EXPECT_TRUE(probe.contains(R"("--timeout=900ms")")) << file << ": " << probe;
    }
  }
  EXPECT_GE(probes, 5U);
}

}  // namespace
}  // namespace engine

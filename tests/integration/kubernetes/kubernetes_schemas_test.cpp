// Checks examples/kubernetes, and the pages' parts of pods, against the API's schemas: a cluster must at
// least accept the manifests that no engine here can run.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "harness/files.hpp"
#include "harness/process.hpp"
#include "installed.hpp"

namespace {

using programs::Words;
using harness::operator/;

harness::Outcome check(const Words& manifests) {
  Words command{programs::installed("node"), CHECK, PACKAGES};
  command.insert(command.end(), manifests.begin(), manifests.end());
  return harness::run(command);
}

TEST(KubernetesSchemas, EveryManifestOfTheExamplesMatches) {
  Words manifests;
  for (const auto& entry : std::filesystem::directory_iterator{EXAMPLES}) {
    if (entry.path().extension() == ".yaml") manifests.push_back(entry.path());
  }
  ASSERT_GE(manifests.size(), 5U);
  const harness::Outcome outcome = check(manifests);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
}

// Returns a pod of each fragment of a page that begins with its containers or volumes.
std::vector<std::string> pods_in(const std::string& page) {
  const std::string text = harness::read_file(std::string{SOURCE_DIR "/"} + page);
  const std::string fence = "```yaml\n";
  std::vector<std::string> pods;
  for (std::size_t at = text.find(fence); at != text.npos; at = text.find(fence, at)) {
    at += fence.size();
    std::istringstream lines{text.substr(at, text.find("```", at) - at)};
    std::string pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: page}\nspec:\n";
    const bool of_a_pod = text.compare(at, 11, "containers:") == 0 || text.compare(at, 8, "volumes:") == 0;
    for (std::string line; std::getline(lines, line);) pod += "  " + line + "\n";
    if (of_a_pod) pods.push_back(pod);
  }
  return pods;
}

TEST(KubernetesSchemas, FragmentsOfThePagesMatch) {
  const harness::TemporaryDirectory directory;
  Words manifests;
  for (const char* page : {"README.md", "docs/kubernetes.md"}) {
    const std::vector<std::string> pods = pods_in(page);
    EXPECT_FALSE(pods.empty()) << page;
    for (const std::string& pod : pods) {
      manifests.push_back(directory / (std::to_string(manifests.size()) + ".yaml"));
      harness::write_file(manifests.back(), pod);
    }
  }
  ASSERT_EQ(manifests.size(), 3U);
  const harness::Outcome outcome = check(manifests);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
}

struct Fault {
  const char* manifest;
  const char* right;
  const char* wrong;
  const char* found;  // a word of the expected report
};

constexpr Fault faults[] = {
    {"deployment.yaml", "readinessProbe:", "readynessProbe:", "readynessProbe"},
    {"deployment.yaml", "periodSeconds: 5", "periodSeconds: 5s", "'string' is not assignable"},
    {"deployment.yaml", "- name: service", "- tty: false", "is missing in type"},
    {"deployment.yaml", "memory: 64Mi", "memory: 64 megabytes", "/spec/template/spec/containers/0/resources"},
    {"sidecar.yaml", "restartPolicy: Always", "restartPolicies: Always", "restartPolicies"},
    {"sidecar.yaml", "seccompProfile: {type: RuntimeDefault}", "seccompProfile: {type: Default}",
     "RuntimeDefault"},
    {"debug-container.yaml", "runAsNonRoot", "runAsNonroot", "runAsNonroot"},
    {"validating-admission-policy.yaml", "validationActions: [Deny]", "validationActions: Deny",
     "'string' is not assignable"},
    {"validating-admission-policy.yaml", "resourceRules:", "resourceRule:", "resourceRule"},
    {"kyverno.yaml", "=(initContainers)", "=(initContainer)", "initContainer"},
    {"kyverno.yaml", "failureAction: Enforce", "failureAction: Deny", "Enforce"},
};

// Returns the manifest with a fault in it, under a name that tells which.
std::string spoilt(const harness::TemporaryDirectory& directory, const Fault& fault) {
  std::string text = harness::read_file(std::string{EXAMPLES "/"} + fault.manifest);
  const std::size_t at = text.find(fault.right);
  if (at == std::string::npos) throw std::runtime_error(std::string{"no longer present: "} + fault.right);
  text.replace(at, std::string_view{fault.right}.size(), fault.wrong);
  const auto number = static_cast<std::size_t>(&fault - faults);
  const auto path = directory / (std::to_string(number) + ".yaml");
  harness::write_file(path, text);
  return path;
}

TEST(KubernetesSchemas, FaultsAreFound) {
  const harness::TemporaryDirectory directory;
  Words manifests;
  for (const Fault& fault : faults) manifests.push_back(spoilt(directory, fault));
  const harness::Outcome outcome = check(manifests);
  EXPECT_EQ(outcome.status, 1);
  for (const Fault& fault : faults) {
    const std::string start = "\n" + std::to_string(&fault - faults) + ".yaml: ";
    const std::string said = "\n" + outcome.err;
    const std::size_t begin = said.find(start);
    ASSERT_NE(begin, std::string::npos) << fault.wrong << " is not found:\n" << outcome.err;
    const std::string line = said.substr(begin + 1, said.find('\n', begin + 1) - begin - 1);
    EXPECT_TRUE(line.contains(fault.found)) << line;
  }
}

}  // namespace

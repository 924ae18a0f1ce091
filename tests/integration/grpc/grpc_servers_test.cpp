// Tests healthcheck's grpc:// with the gRPC implementations of four languages.
#include <gtest/gtest.h>

#include "harness/files.hpp"
#include "harness/process.hpp"
#include "harness/programs.hpp"
#include "installed.hpp"
#include "integration/reported.hpp"

namespace servers {
namespace {

using harness::Outcome;
using programs::installed;
using programs::Words;

// Each implementation's settings, besides its own health service.
enum class Scripted { no, yes };

struct Implementation {
  const char* name;
  Words command;
  Scripted scripted;
};

const Implementation implementations[] = {
    {"Go", {GO_SERVER}, Scripted::yes},
    {"Cpp", {CPP_SERVER}, Scripted::no},
    {"Node", {"node", SOURCES "/server.js"}, Scripted::yes},
    {"Python", {"/usr/bin/python3", SOURCES "/server.py"}, Scripted::yes},
};

class GrpcServers : public testing::TestWithParam<Implementation> {
 protected:
  GrpcServers() {
    const Outcome made =
        harness::run({installed("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt",
                      "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost", "-days", "1",
                      "-keyout", directory_ / "key", "-out", directory_ / "certificate"});
    if (made.status != 0) throw std::runtime_error("openssl: " + made.err);
  }

  Words command() const {
    Words words = GetParam().command;
    if (words.front() == "node") words.front() = installed("node");
    words.push_back(directory_.path());
    words.emplace_back(NODE_PACKAGES);
    return words;
  }
  static harness::ContainerOptions options() {
    harness::ContainerOptions options = programs::secluded();
    options.process.input = harness::Input::pipe;
    return options;
  }

  Outcome probe(Words arguments) {
    arguments.insert(arguments.begin(), harness::shipped("healthcheck"));
    return container().exec(arguments, {.environment = {harness::unhurried}}).wait();
  }
  void expect_healthy(const Words& arguments) {
    const Outcome outcome = probe(arguments);
    EXPECT_EQ(outcome.status, 0) << arguments.back();
    EXPECT_EQ(outcome.err, "");
  }
  void expect_unhealthy(const Words& arguments, const std::string& words) {
    const Outcome outcome = probe(arguments);
    EXPECT_EQ(outcome.status, 1) << arguments.back();
    EXPECT_TRUE(outcome.err.starts_with(integration::line_about(arguments) + ": " + words)) << outcome.err;
  }
  void expect_answers_at(const Words& way, const std::string& target) {
    const auto with = [&](const Words& options, const std::string& service) {
      Words arguments = way;
      arguments.insert(arguments.end(), options.begin(), options.end());
      arguments.push_back(target + service);
      return arguments;
    };
    expect_healthy(with({}, ""));
    expect_healthy(with({}, "/ready"));
    expect_unhealthy(with({}, "/broken"), "NOT_SERVING (");
    expect_unhealthy(with({}, "/nothing"), "unknown service (");
  }

  harness::Container& container() { return *container_; }

  harness::TemporaryDirectory directory_;
  std::optional<harness::Container> container_;
};

// One test for each implementation, so that each is started once.
TEST_P(GrpcServers, AnswerInEveryWay) {
  container_.emplace(programs::under_init({}, command(), options()));
  const Outcome gate = probe({"--wait=1h", "--interval=50ms", "grpc://localhost:8080"});
  ASSERT_EQ(gate.status, 0) << gate.err << container().init().err();
  for (const char* target : {"grpc://127.0.0.1:8080", "grpc://[::1]:8080", "grpc://localhost:8080"})
    expect_answers_at({}, target);
  expect_answers_at({"--unix-socket=" + (directory_ / "socket").string()}, "grpc://localhost");

  expect_unhealthy({"grpc://127.0.0.1:8081"}, "no health service (UNIMPLEMENTED) (");
  expect_unhealthy({"http://127.0.0.1:8080/"}, "");
  if (GetParam().scripted == Scripted::yes) {
    const harness::Limit limit{std::chrono::milliseconds{200}};
    expect_unhealthy({"--timeout=" + limit.text(), "grpc://127.0.0.1:8083"},
                     "no answer within " + limit.text() + " (waiting for the answer)");
    expect_unhealthy({"grpc://127.0.0.1:8084"}, "gRPC status 16 (");
    expect_unhealthy({"grpc://127.0.0.1:8443"}, "");
  }

  // Used as a gate, it opens when the status changes.
  expect_unhealthy({"grpc://127.0.0.1:8082"}, "NOT_SERVING (");
  harness::Process waiting = container().exec(
      {harness::shipped("healthcheck"), "--wait=1h", "--interval=20ms", "grpc://127.0.0.1:8082"});
  container().init().type("\n");
  EXPECT_EQ(waiting.wait().status, 0);

  // No server complains about a hundred probes; some complain about the one that spoke plaintext to TLS.
  const std::string complaints = container().init().err();
  for (int i = 0; i < 100; ++i) expect_healthy({"grpc://127.0.0.1:8080/ready"});
  EXPECT_EQ(container().init().err(), complaints);
}

INSTANTIATE_TEST_SUITE_P(Of, GrpcServers, testing::ValuesIn(implementations),
                         [](const auto& one) { return std::string{one.param.name}; });

}  // namespace
}  // namespace servers

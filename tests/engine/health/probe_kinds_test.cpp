// Runs every kind of target but gRPC (grpc_example_test.cpp) as an engine's HEALTHCHECK: the status follows
// the service, and the engine keeps the line that gives the reason.
#include <gtest/gtest.h>

#include <regex>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "images/variant.hpp"

namespace engine {
namespace {

using Words = std::vector<std::string>;

struct Kind {
  const char* name;
  const char* probe;  // the HEALTHCHECK's arguments
  Words role;         // a service that is unhealthy at first
  const char* line;   // the reason, as the engine keeps it
};

const Kind kinds[] = {
    {"Http",
     R"("/healthcheck", "http://localhost:8080/healthz")",
     {"app", "8080", "--failing"},
     R"(healthcheck: http://localhost:8080/healthz: 503 Service Unavailable \(\d+ ms\)\n)"},
    {"HttpBody",
     R"("/healthcheck", "--status=200,503", "--body=ok", ":8080/healthz")",
     {"app", "8080", "--failing"},
     R"(healthcheck: :8080/healthz: 503 Service Unavailable, without the text of --body \(\d+ ms\)\n)"},
    {"Tcp",
     R"("/healthcheck", "tcp://127.0.0.1:8080")",
     {"present", "tcp", "8080", "--later"},
     R"(healthcheck: tcp://127.0.0.1:8080: connection refused\n)"},
    {"TcpByName",
     R"("/healthcheck", "tcp://localhost:8080")",
     {"present", "tcp", "8080", "--later"},
     // Docker gives a container without a network no IPv6 either; another engine may.
     R"(healthcheck: tcp://localhost:8080: connection refused \(127.0.0.1(, |\), .* \()::1\)\n)"},
    {"Unix",
     R"("/healthcheck", "unix:///run/service.sock")",
     {"present", "unix", "/run/service.sock", "--later"},
     R"(healthcheck: unix:///run/service.sock: connecting: No such file or directory\n)"},
    {"File",
     R"("/healthcheck", "--max-age=1h", "file:///run/heartbeat")",
     {"present", "file", "/run/heartbeat", "--later"},
     R"(healthcheck: file:///run/heartbeat: No such file or directory\n)"},
    {"Pid",
     R"("/healthcheck", "pid:///run/service.pid")",
     {"present", "pid", "/run/service.pid", "--later"},
     R"(healthcheck: pid:///run/service.pid: (No such file or directory|process \d+ is gone)\n)"},
};

class ProbeKind : public testing::TestWithParam<Kind> {
 protected:
  static Container start(const std::string& image) {
    Words arguments{"--", "/testprog"};
    arguments.insert(arguments.end(), GetParam().role.begin(), GetParam().role.end());
    return {the_engine(),
            image,
            {.options = {"--entrypoint=/init", "--tmpfs=/run:mode=1777", "--health-start-period=1h"},
             .arguments = arguments}};
  }

  static void expect_reason(const Container& service) {
    const std::string probe = service.last_probe();
    EXPECT_TRUE(std::regex_match(probe, std::regex{GetParam().line})) << probe;
  }
};

TEST_P(ProbeKind, StatusFollowsService) {
  const Variant image{the_engine(), std::string{"HEALTHCHECK CMD ["} + GetParam().probe + "]\n"};
  const Container service = start(image.tag());
  // A failure does not count while the service starts.
  harness::eventually("a probe", [&] { return !service.last_probe_start().empty(); });
  EXPECT_EQ(service.inspect("{{.State.Health.Status}}"), "starting");
  expect_reason(service);
  service.kill("USR1");
  service.wait_for_health("healthy");
  EXPECT_EQ(service.last_probe(), "");
  service.kill("USR1");
  service.wait_for_health("unhealthy");
  expect_reason(service);
  service.kill("USR1");
  service.wait_for_health("healthy");
}

INSTANTIATE_TEST_SUITE_P(Kinds, ProbeKind, testing::ValuesIn(kinds),
                         [](const auto& kind) { return std::string{kind.param.name}; });

}  // namespace
}  // namespace engine

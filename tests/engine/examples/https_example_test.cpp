// examples/https: the engine's HEALTHCHECK probes a service that speaks TLS only.
#include <gtest/gtest.h>

#include <regex>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "images/images.hpp"

namespace engine {
namespace {

using Words = std::vector<std::string>;

Container running(const Words& options = {}) {
  return {the_engine(), example(the_engine(), "https"), {.options = options}};
}

harness::Outcome probe(const Container& service, const Words& words) {
  Words command{"/healthcheck-tls"};
  command.insert(command.end(), words.begin(), words.end());
  return service.exec(command);
}

TEST(HttpsExample, StatusFollowsServiceAndProbesLeaveNoComplaint) {
  const Container service = running();
  service.wait_for_health("healthy");
  EXPECT_EQ(service.last_probe(), "");
  service.kill("USR1");
  service.wait_for_health("unhealthy");
  const std::regex line{
      R"(healthcheck-tls: https://localhost:\$\{PORT:-8443\}/healthz: 503 Service Unavailable \(\d+ ms\)\n)"};
  EXPECT_TRUE(std::regex_match(service.last_probe(), line)) << service.last_probe();
  service.kill("USR1");
  service.wait_for_health("healthy");
  EXPECT_EQ(service.stop().exit_status, 0);
  const std::string logs = service.logs();
  EXPECT_TRUE(logs.ends_with("service: stopped\n")) << logs;
  EXPECT_FALSE(logs.contains("TLS handshake error")) << logs;
}

TEST(HttpsExample, CertificateThatEndsSoonIsUnhealthy) {
  const Container service = running();
  service.wait_for_health("healthy");
  const harness::Outcome outcome = probe(service, {"--min-validity=48h", "tls://localhost:8443"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(outcome.err.contains("the certificate expires in ")) << outcome.err;
}

TEST(HttpsExample, ServiceThatDemandsCertificateIsAlive) {
  const Container service = running({"--env=CLIENT_CERTIFICATE=required"});
  const harness::Outcome alive = probe(service, {"--wait=1h", "tls://localhost:8443"});
  EXPECT_EQ(alive.status, 0) << alive.err;
  const harness::Outcome refused = probe(service, {"https://localhost:8443/healthz"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_TRUE(refused.err.contains(": TLS alert ")) << refused.err;
  service.wait_for_log("client didn't provide a certificate");
}

}  // namespace
}  // namespace engine

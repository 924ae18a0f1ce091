// Tests udp:// targets: a datagram has no connection, so only a refusal or an answer tells about the service.
#include <thread>

#include "harness/udp_port.hpp"
#include "probing.hpp"

namespace healthcheck_test {
namespace {

using harness::UdpPort;

std::string target_of(const UdpPort& port) { return "udp://" + port.address(); }

TEST(Udp, PortThatDoesNotRefuseIsEnough) {
  const UdpPort port;
  expect_healthy(probe({target_of(port)}));
  expect_healthy(probe({"--send=x", target_of(port)}));
  EXPECT_TRUE(probe({"-v", target_of(port)}).err.contains(target_of(port) + ": not refused ("));
}

TEST(Udp, PortThatRefusesIsUnhealthy) {
  const std::string target = "udp://127.0.0.1:" + std::to_string(harness::closed_port());
  expect_unhealthy(probe({target}), target + ": connection refused");
  expect_unhealthy(probe({"--send=x", "--expect=y", target}), "connection refused");
}

TEST(Udp, ExpectedTextMustArrive) {
  const UdpPort port;
  std::string received;
  std::jthread service{[&] { received = port.answer("the answer is 42"); }};
  expect_healthy(probe({"--send=\\x12question", "--expect=42", target_of(port)}));
  service.join();
  EXPECT_EQ(received, "\x12question");
}

TEST(Udp, OtherAnswerIsSaidToHaveCome) {
  const UdpPort port;
  std::jthread service{[&] { port.answer("the answer is 41"); }};
  expect_unhealthy(
      probe({"-t" + harness::Limit{1s}.text(), "--send=question", "--expect=42", target_of(port)}),
      "expected text");
}

TEST(Udp, SilenceEndsAtTheDeadline) {
  const UdpPort port;
  const Outcome outcome = probe({"-t300ms", "--send=question", "--expect=42", target_of(port)});
  expect_unhealthy(outcome, "no answer within 300ms");
  EXPECT_LE(outcome.elapsed, 300ms + slack());
}

}  // namespace
}  // namespace healthcheck_test

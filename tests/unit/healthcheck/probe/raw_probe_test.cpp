// Tests probes of services that speak neither HTTP nor gRPC, over TCP, UDP and Unix sockets, and their ends.
#include <errno.h>

#include "scripted.hpp"

namespace healthcheck {
namespace {

class RawProbeTest : public Scripted {};

TEST_F(RawProbeTest, ConnectionToItselfIsRefused) {
  plan.send = plan.expect = "PING";
  for (const char* target :
       {"tcp://127.0.0.1:80", "udp://127.0.0.1:80", "http://127.0.0.1:80", "grpc://127.0.0.1:80"}) {
    service(local) = {.is_oneself = true};
    EXPECT_EQ(message_for(target), std::string{target} + ": connection refused");
  }
}

TEST_F(RawProbeTest, GreetingIsReadBeforeTheConnectionEnds) {
  service("127.0.0.1:22").says = {{.after = milliseconds(20), .text = "SSH-2.0-OpenSSH\r\n"}, {}};
  EXPECT_EQ(message_for("tcp://127.0.0.1:22"), "healthy: tcp://127.0.0.1:22: connected (0 ms)");
  EXPECT_EQ(fake::network.calls, (Calls{"connect 127.0.0.1:22", "finish", "close"}));
  EXPECT_EQ(service("127.0.0.1:22").says.size(), 1U) << "all but the end";
  service("127.0.0.1:22").says = {{.after = seconds(9), .text = "late"}};
  const base::Instant start = fake::network.now;
  EXPECT_EQ(probe("tcp://127.0.0.1:22").health, Health::Healthy);
  EXPECT_EQ(fake::network.now, start + milliseconds(100));
}

TEST_F(RawProbeTest, DatagramThatIsNotRefusedIsEnough) {
  service("127.0.0.1:53") = {};
  EXPECT_EQ(message_for("udp://127.0.0.1:53"), "healthy: udp://127.0.0.1:53: not refused (100 ms)");
  EXPECT_EQ(fake::network.calls, (Calls{"connect 127.0.0.1:53", "datagram ", "close"}));
  service("127.0.0.1:53").says = {{.error = ECONNREFUSED}};
  EXPECT_EQ(message_for("udp://127.0.0.1:53"), "udp://127.0.0.1:53: connection refused");
  service("127.0.0.1:53").send_errors = {ECONNREFUSED};
  EXPECT_EQ(message_for("udp://127.0.0.1:53"), "udp://127.0.0.1:53: connection refused");
}

TEST_F(RawProbeTest, DatagramThatIsNotSentIsUnhealthy) {
  for (const auto& [error, reason] :
       {std::pair{EPIPE, "connecting: Broken pipe"}, {ECONNRESET, "connection reset"}}) {
    service("127.0.0.1:53").send_errors = {error};
    EXPECT_EQ(message_for("udp://127.0.0.1:53"), std::string{"udp://127.0.0.1:53: "} + reason);
  }
}

// The process is stopped, or another runs, until the time is over; the refusal has come meanwhile.
TEST_F(RawProbeTest, RefusalIsReadEvenIfTheKernelWakesTheProcessTooLate) {
  service("127.0.0.1:53").says = {{.after = milliseconds(10), .error = ECONNREFUSED}};
  fake::network.stops = {{}, seconds(2)};
  EXPECT_EQ(message_for("udp://127.0.0.1:53"), "udp://127.0.0.1:53: connection refused");
}

TEST_F(RawProbeTest, ExpectedTextIsInOneDatagram) {
  plan.send = "version";
  plan.expect = "9.18";
  service("127.0.0.1:53").says = {{.text = "BIND 9."}, {.text = "18"}, {.text = "9.18.1"}};
  EXPECT_EQ(message_for("udp://127.0.0.1:53"), "healthy: udp://127.0.0.1:53: the expected text came (0 ms)");
  EXPECT_TRUE(service("127.0.0.1:53").says.empty());
  service("127.0.0.1:53").says = {};
  EXPECT_EQ(message_for("udp://127.0.0.1:53"),
            "udp://127.0.0.1:53: no answer within 3s (waiting for the expected text)");
}

TEST_F(RawProbeTest, TcpServiceIsHealthyOnceConnected) {
  service("127.0.0.1:5432") = {};
  EXPECT_EQ(message_for("tcp://127.0.0.1:5432"), "healthy: tcp://127.0.0.1:5432: connected (0 ms)");
}

TEST_F(RawProbeTest, ExpectedTextDecides) {
  plan.send = "PING\r\n";
  plan.expect = "+PONG";
  service("127.0.0.1:6379").says = {{.text = "+PO"}, {.after = milliseconds(5), .text = "NG\r\n"}};
  EXPECT_EQ(message_for("tcp://127.0.0.1:6379"),
            "healthy: tcp://127.0.0.1:6379: the expected text came (5 ms)");
  EXPECT_EQ(fake::network.sent, "PING\r\n");
  service("127.0.0.1:6379").says = {{.text = "-ERR"}, {}};
  EXPECT_EQ(probe("tcp://127.0.0.1:6379").health, Health::Unhealthy);
  service("127.0.0.1:6379").says = {};
  EXPECT_EQ(message_for("tcp://127.0.0.1:6379"),
            "tcp://127.0.0.1:6379: no answer within 3s (waiting for the expected text)");
  service("127.0.0.1:6379").says = {{.text = "-NOAUTH"}};
  EXPECT_EQ(message_for("tcp://127.0.0.1:6379"),
            "tcp://127.0.0.1:6379: an answer came, but not the expected text within 3s");
  service("127.0.0.1:6379").says = {{.text = "-NOAUTH"}, {}};
  EXPECT_EQ(message_for("tcp://127.0.0.1:6379"),
            "tcp://127.0.0.1:6379: an answer came, but not the expected text (0 ms)");
}

TEST_F(RawProbeTest, UnixSocketStandsForTheAddress) {
  service("/run/s").says = {{.text = ok}};
  plan.unix_socket = "/run/s";
  EXPECT_EQ(message_for("http://any.name/x"), "healthy: http://any.name/x through /run/s: 200 OK (0 ms)");
  EXPECT_EQ(fake::network.calls, (Calls{"connect /run/s", "close"}));
  plan.unix_socket = {};
  EXPECT_EQ(probe("unix:///run/s").health, Health::Healthy);
}

}  // namespace
}  // namespace healthcheck

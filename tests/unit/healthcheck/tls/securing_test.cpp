// Whole probes of secure services: the random bytes, the time of day, and the end of the connection.
#include <errno.h>

#include "../probe/scripted.hpp"
#include "memory_server.hpp"

namespace healthcheck {
namespace {

class SecuringTest : public Scripted {
 protected:
  void serve(tls_test::MemoryServer& server) {
    service("127.0.0.1:443").answers = [&server](std::string_view bytes) { return server.answer(bytes); };
  }
};

TEST_F(SecuringTest, SecureServiceIsHealthyAndItsConnectionEndsInOrder) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    tls_test::MemoryServer server{{.version = version}};
    serve(server);
    EXPECT_EQ(message_for("https://127.0.0.1/x"), "healthy: https://127.0.0.1/x: 200 OK (0 ms)");
    EXPECT_TRUE(server.request().starts_with("GET /x HTTP/1.1\r\n")) << server.request();
    EXPECT_TRUE(server.was_closed_in_order());
  }
}

TEST_F(SecuringTest, WithoutRandomBytesNothingIsSent) {
  service("127.0.0.1:443") = {};
  fake::network.random_error = EAGAIN;
  EXPECT_EQ(message_for("https://127.0.0.1"),
            "https://127.0.0.1: no random bytes: Resource temporarily unavailable");
  EXPECT_TRUE(fake::network.calls.empty());
}

TEST_F(SecuringTest, PlainTargetNeedsNoRandomBytes) {
  service(local).says = {{.text = ok}};
  fake::network.random_error = EAGAIN;
  EXPECT_EQ(message_for("http://127.0.0.1"), "healthy: http://127.0.0.1: 200 OK (0 ms)");
}

TEST_F(SecuringTest, TimeOfDayIsReadOnlyToCheckTheCertificate) {
  tls_test::MemoryServer first{{}};
  serve(first);
  fake::network.time_of_day_error = EPERM;
  EXPECT_EQ(probe("https://127.0.0.1").health, Health::Healthy);
  plan.min_validity = seconds(1);
  EXPECT_EQ(message_for("https://127.0.0.1"), "https://127.0.0.1: no time of day: Operation not permitted");
}

TEST_F(SecuringTest, CertificateIsComparedWithTheTimeOfDay) {
  tls_test::MemoryServer first{{}}, second{{}};
  plan.min_validity = seconds(1);
  fake::network.time_of_day = 1'000'000'000;  // 2001
  serve(first);
  EXPECT_EQ(message_for("https://127.0.0.1"), "healthy: https://127.0.0.1: 200 OK (0 ms)");
  fake::network.time_of_day = 30'000'000'000;  // the year 2920
  serve(second);
  EXPECT_EQ(message_for("https://127.0.0.1"), "https://127.0.0.1: the certificate has expired (0 ms)");
}

TEST_F(SecuringTest, ServiceThatClosesDuringTheHandshakeIsUnhealthy) {
  service("127.0.0.1:443").says = {{}};
  EXPECT_EQ(message_for("https://127.0.0.1"), "https://127.0.0.1: closed during the TLS handshake (0 ms)");
}

}  // namespace
}  // namespace healthcheck

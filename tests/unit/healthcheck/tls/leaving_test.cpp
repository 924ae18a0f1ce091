// Tests the end of a TLS connection with a server whose keys the test knows. After the verdict, the probe
// reads the rest of an answer, and sends no reply: only its farewell.
#include <gtest/gtest.h>

#include "dialogue.hpp"
#include "tests/tls/keyed_server.hpp"

namespace tls_test {
namespace {

constexpr std::string_view no_extensions{"\0\0", 2}, no_certificates{"\0\0\0\0", 4};

// Leads the probe to its verdict.
void shake_hands(Probe& probe, KeyedServer& server) {
  server.receive(probe.start());
  server.send_hello();
  server.send(ContentType::Handshake, message(HandshakeType::EncryptedExtensions, no_extensions) +
                                          message(HandshakeType::Certificate, no_certificates) +
                                          message(HandshakeType::CertificateVerify, no_extensions));
  server.send_finished();
  server.receive(probe.feed(server.take_sent()));
  ASSERT_TRUE(probe.is_decided());
  ASSERT_TRUE(server.has_client_finished());
}

TEST(Leaving, FarewellCanBeReadAfterAKeyUpdateThatIsNotAnswered) {
  for (const int requests : {1, 3}) {
    Probe probe{"tls://localhost:8443"};
    KeyedServer server{{}};
    shake_hands(probe, server);
    for (int i = 0; i < requests; ++i) server.send_key_update(1);
    probe.feed(server.take_sent());
    server.receive(probe.farewell());
    EXPECT_STREQ(server.fault(), nullptr) << requests;
    EXPECT_EQ(server.alert(), 0) << requests;
  }
}

}  // namespace
}  // namespace tls_test

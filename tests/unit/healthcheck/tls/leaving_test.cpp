// Tests the end of a TLS connection with a server whose keys the test knows. After the verdict, the probe
// reads the rest of an answer, and sends no reply: only its farewell.
#include <gtest/gtest.h>

#include "dialogue.hpp"
#include "tests/tls/keyed_server.hpp"

namespace tls_test {
namespace {

using healthcheck::BodyText;

constexpr std::string_view no_extensions{"\0\0", 2}, no_certificates{"\0\0\0\0", 4}, close_notify{"\1\0", 2};

// Leads the probe to the end of its handshake, which is the verdict about a target of tls://.
void shake_hands(Probe& probe, KeyedServer& server) {
  server.receive(probe.start());
  server.send_hello();
  server.send(ContentType::Handshake, message(HandshakeType::EncryptedExtensions, no_extensions) +
                                          message(HandshakeType::Certificate, no_certificates) +
                                          message(HandshakeType::CertificateVerify, no_extensions));
  server.send_finished();
  server.receive(probe.feed(server.take_sent()));
  ASSERT_TRUE(server.has_client_finished());
}

TEST(Leaving, FarewellCanBeReadAfterAKeyUpdateThatIsNotAnswered) {
  for (const int requests : {1, 3}) {
    Probe probe{"tls://localhost:8443"};
    KeyedServer server{{}};
    shake_hands(probe, server);
    ASSERT_TRUE(probe.is_decided());
    for (int i = 0; i < requests; ++i) server.send_key_update(1);
    probe.feed(server.take_sent());
    server.receive(probe.farewell());
    EXPECT_STREQ(server.fault(), nullptr) << requests;
    EXPECT_EQ(server.alert(), 0) << requests;
  }
}

// The ways in which a server may end an answer without a length.
enum class Leaving : std::uint8_t { InOrder, WithoutCloseNotify, InRecord };

struct Ending {
  Leaving leaving;
  std::string_view required, forbidden;  // texts of the body
  const char* verdict;
};

std::string answer(KeyedServer& server, Leaving leaving) {
  server.send(ContentType::ApplicationData, "HTTP/1.0 200 OK\r\n\r\nhalf of it");
  if (leaving == Leaving::InOrder) server.send(ContentType::Alert, close_notify);
  if (leaving == Leaving::InRecord) server.send(ContentType::ApplicationData, "the other half");
  std::string sent = server.take_sent();
  if (leaving == Leaving::InRecord) sent.pop_back();
  return sent;
}

// RFC 9112 §9.8.
TEST(Leaving, AnswerThatMayBeCutIsHealthyOnlyIfNoTextCouldBeMissing) {
  using enum Leaving;
  const Ending endings[] = {
      {InOrder, "", "", "200 OK"},
      {InOrder, "half", "", "200 OK"},
      {InOrder, "", "DOWN", "200 OK"},
      {WithoutCloseNotify, "", "", "200 OK"},
      {WithoutCloseNotify, "half", "", "200 OK"},
      {WithoutCloseNotify, "other", "", "body cut short"},
      {WithoutCloseNotify, "", "DOWN", "body cut short"},
      {WithoutCloseNotify, "", "half", "200 OK, with the text of --no-body"},
      {InRecord, "", "", "body cut short"},
      {InRecord, "half", "", "body cut short"},
      {InRecord, "", "DOWN", "body cut short"},
  };
  for (const Ending& ending : endings) {
    healthcheck::Plan plan;
    if (!ending.required.empty()) plan.body_texts.add({ending.required, BodyText::Rule::Required});
    if (!ending.forbidden.empty()) plan.body_texts.add({ending.forbidden, BodyText::Rule::Forbidden});
    Probe probe{"https://localhost:8443", plan};
    KeyedServer server{{}};
    shake_hands(probe, server);
    probe.feed(answer(server, ending.leaving));
    probe.end();
    EXPECT_EQ(probe.outcome().line, ending.verdict)
        << static_cast<int>(ending.leaving) << ending.required << ending.forbidden;
  }
}

// A server may drop what it was going to send as soon as it has read the farewell (RFC 5246 §7.2.1).
TEST(Leaving, EndAfterTheFarewellChangesNothing) {
  for (const auto end : {Probe::End::Orderly, Probe::End::Broken}) {
    Probe probe{"https://localhost:8443"};
    KeyedServer server{{}};
    shake_hands(probe, server);
    probe.feed(answer(server, Leaving::InRecord));
    probe.farewell();
    probe.end(end);
    EXPECT_TRUE(probe.outcome().is_healthy()) << probe.outcome().line;
  }
}

}  // namespace
}  // namespace tls_test

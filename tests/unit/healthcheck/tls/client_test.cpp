// Tests the TLS client with a real server, over everything that a server may choose.
#include <gtest/gtest.h>

#include "dialogue.hpp"

namespace tls_test {
namespace {

constexpr const char* https = "https://localhost:8443/";
constexpr const char* tls = "tls://localhost:8443";

struct Case {
  const char* name;
  ServerSettings settings;
};

const Case agreeable[] = {
    {"Tls13", {.version = TLS1_3_VERSION}},
    {"Tls12", {.version = TLS1_2_VERSION}},
    {"Tls13Aes128", {.suites = "TLS_AES_128_GCM_SHA256"}},
    {"Tls13Aes256", {.suites = "TLS_AES_256_GCM_SHA384"}},
    {"Tls13P256", {.groups = "P-256"}},
    {"Tls13P384", {.groups = "P-384"}},
    {"Tls13P384Aes128", {.groups = "P-384", .suites = "TLS_AES_128_GCM_SHA256"}},
    {"Tls13Rsa", {.key = Key::Rsa}},
    {"Tls13Ed25519", {.key = Key::Ed25519}},
    {"Tls12EcdsaAes128", {.version = TLS1_2_VERSION, .ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256"}},
    {"Tls12EcdsaAes256", {.version = TLS1_2_VERSION, .ciphers = "ECDHE-ECDSA-AES256-GCM-SHA384"}},
    {"Tls12RsaAes128",
     {.version = TLS1_2_VERSION, .ciphers = "ECDHE-RSA-AES128-GCM-SHA256", .key = Key::Rsa}},
    {"Tls12RsaAes256",
     {.version = TLS1_2_VERSION, .ciphers = "ECDHE-RSA-AES256-GCM-SHA384", .key = Key::Rsa}},
    {"Tls12Ed25519", {.version = TLS1_2_VERSION, .key = Key::Ed25519}},
    {"Tls12P256", {.version = TLS1_2_VERSION, .groups = "P-256"}},
    {"Tls12P384", {.version = TLS1_2_VERSION, .groups = "P-384"}},
    {"Tls12WithoutExtendedMasterSecret", {.version = TLS1_2_VERSION, .extended_master_secret = false}},
    {"Tls13CertificateWanted", {.client_certificate = ClientCertificate::Wanted}},
    {"Tls12CertificateWanted", {.version = TLS1_2_VERSION, .client_certificate = ClientCertificate::Wanted}},
    {"Tls13SmallRecords", {.max_fragment = 512}},
    {"Tls12SmallRecords", {.version = TLS1_2_VERSION, .max_fragment = 512}},
    {"Tls13LongChain", {.key = Key::Rsa, .chain = 50}},
    {"Tls12LongChain", {.version = TLS1_2_VERSION, .key = Key::Rsa, .chain = 50}},
    {"Tls13KeyUpdates", {.key_updates = 3}},
    {"Protocol", {.protocol = "http/1.1"}},
};

class Server : public testing::TestWithParam<Case> {};

TEST_P(Server, IsHealthyInWholePieces) {
  Probe probe{https};
  MemoryServer server{GetParam().settings};
  EXPECT_EQ(run(probe, server).line, "200 OK");
  EXPECT_EQ(server.server_name(), "localhost");
  EXPECT_NE(server.request().find("GET / HTTP/1.1\r\n"), std::string::npos) << server.request();
  EXPECT_TRUE(server.was_closed_in_order());
}

TEST_P(Server, IsHealthyByteByByte) {
  Probe probe{https};
  MemoryServer server{GetParam().settings};
  Outcome outcome = run(probe, server, [](Probe& fed, const std::string& piece) {
    std::string replies;
    for (char byte : piece) replies += fed.feed({&byte, 1});
    return replies;
  });
  EXPECT_EQ(outcome.line, "200 OK");
}

TEST_P(Server, IsHealthyByItsFinishedAlone) {
  Probe probe{tls};
  MemoryServer server{GetParam().settings};
  bool is_12 = GetParam().settings.version == TLS1_2_VERSION;
  Outcome outcome = run(probe, server);
  EXPECT_EQ(outcome.line, is_12 ? "TLS 1.2" : "TLS 1.3");
  EXPECT_TRUE(outcome.is_healthy());
  EXPECT_TRUE(server.was_closed_in_order());
}

INSTANTIATE_TEST_SUITE_P(Tls, Server, testing::ValuesIn(agreeable),
                         [](const auto& test) { return test.param.name; });

struct Refusal {
  const char* target;
  ServerSettings settings;
  const char* line;
};

TEST(Tls, RefusalsAreNamed) {
  const Refusal refusals[] = {
      {https, {.groups = "P-521"}, "TLS alert handshake_failure"},
      {https, {.suites = "TLS_CHACHA20_POLY1305_SHA256"}, "TLS alert handshake_failure"},
      {https, {.version = TLS1_1_VERSION}, "TLS alert protocol_version"},
      {https, {.protocol = "h2"}, "TLS alert no_application_protocol"},
      {https, {.client_certificate = ClientCertificate::Demanded}, "TLS alert certificate_required"},
      {https,
       {.version = TLS1_2_VERSION, .client_certificate = ClientCertificate::Demanded},
       "TLS alert handshake_failure"},
  };
  for (const Refusal& refusal : refusals) {
    Probe probe{refusal.target};
    MemoryServer server{refusal.settings};
    Outcome outcome = run(probe, server);
    EXPECT_EQ(outcome.line, refusal.line);
    EXPECT_FALSE(outcome.is_healthy());
  }
}

TEST(Tls, ServerThatWantsACertificateIsAlive) {
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Probe probe{tls};
    MemoryServer server{{.version = version, .client_certificate = ClientCertificate::Demanded}};
    EXPECT_TRUE(run(probe, server).is_healthy()) << version;
  }
}

// The static table of HPACK has "http" at 6 and "https" at 7 (RFC 7541 appendix A).
TEST(Tls, GrpcRequestNamesTheSchemeOfItsTransport) {
  Probe plain{"grpc://localhost:50051"};
  EXPECT_NE(plain.start().find("\x83\x86\x04\x1c/grpc.health.v1.Health/Check"), std::string::npos);
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Probe secure{"grpcs://localhost:50051"};
    MemoryServer server{{.version = version, .protocol = "h2"}};
    run(secure, server);
    EXPECT_NE(server.request().find("\x83\x87\x04\x1c/grpc.health.v1.Health/Check"), std::string::npos);
  }
}

// RFC 9113 §3.4. In TLS 1.2, the server's Finished and its first data may come in one piece.
TEST(Tls, PrefaceComesBeforeRepliesToAnEarlyServer) {
  Probe probe{"grpcs://localhost:8443"};
  // An empty SETTINGS frame, which must be acknowledged.
  constexpr std::string_view settings{"\0\0\0\x04\0\0\0\0\0", 9};
  MemoryServer server{{.version = TLS1_2_VERSION, .greeting = settings}};
  run(probe, server);
  EXPECT_TRUE(server.request().starts_with("PRI * HTTP/2.0")) << server.request();
}

TEST(Tls, ServerNameIsNeverAnAddress) {
  for (const char* target : {"https://127.0.0.1/", "https://[::1]/"}) {
    Probe probe{target};
    MemoryServer server{{}};
    EXPECT_TRUE(run(probe, server).is_healthy()) << target;
    EXPECT_EQ(server.server_name(), "");
  }
  healthcheck::Plan plan;
  plan.server_name = "example.com";
  Probe probe{"https://127.0.0.1/", plan};
  MemoryServer server{{}};
  run(probe, server);
  EXPECT_EQ(server.server_name(), "example.com");
}

TEST(Tls, CertificateMustLastAsLongAsAskedFor) {
  struct {
    long validity, asked;
    const char* line;
  } const cases[] = {
      {7200, 3600, "200 OK"},
      {-60, 1, "the certificate has expired"},
      {7200, 10'800, "the certificate expires in 72"},
      {60L * 86'400 * 365, 3600, "200 OK"},  // GeneralizedTime
  };
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION})
    for (const auto& c : cases) {
      healthcheck::Plan plan;
      plan.min_validity = base::seconds(c.asked);
      Probe probe{https, plan};
      MemoryServer server{{.version = version, .validity = c.validity}};
      EXPECT_EQ(run(probe, server).line.substr(0, std::string_view{c.line}.size()), c.line);
    }
}

TEST(Tls, PlainServersAreNamed) {
  for (const char* answer : {"HTTP/1.1 400 Bad Request\r\n\r\n", "220 mail\r\n", "-ERR\r\n"})
    EXPECT_EQ(replay(https, {answer}).line, "the server does not speak TLS on this port");
  EXPECT_EQ(replay(https, {}).line, "closed during the TLS handshake");
}

}  // namespace
}  // namespace tls_test

// Tests healthcheck-tls with OpenSSL's server in memory: the versions, groups and refusals, so that they run
// as on older kernels, under older engines and on every architecture. tests/integration/tls has the others.
#include "probing.hpp"
#include "tls_service.hpp"

namespace healthcheck_test {
namespace {

using tls_test::ClientCertificate;

Outcome probe_securely(const Words& arguments) {
  Words all{harness::shipped("healthcheck-tls")};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return harness::run(all, {.environment = {harness::unhurried}, .base = harness::Environment::empty});
}

void expect_refused(const Outcome& outcome, const std::string& words) {
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(outcome.err.starts_with("healthcheck-tls: ")) << outcome.err;
  EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err << "lacks: " << words;
}

struct Choice {
  const char* name;
  tls_test::ServerSettings settings;
};

void PrintTo(const Choice& choice, std::ostream* out) { *out << choice.name; }

const Choice choices[] = {
    {"Tls13", {.version = TLS1_3_VERSION}},
    {"Tls12", {.version = TLS1_2_VERSION}},
    {"Tls12WithoutExtendedMasterSecret", {.version = TLS1_2_VERSION, .extended_master_secret = false}},
    {"Tls13P256", {.version = TLS1_3_VERSION, .groups = "P-256"}},
    {"Tls13P384", {.version = TLS1_3_VERSION, .groups = "P-384"}},
    {"Tls12P384", {.version = TLS1_2_VERSION, .groups = "P-384"}},
    {"Aes128", {.suites = "TLS_AES_128_GCM_SHA256"}},
    {"SmallRecords", {.max_fragment = 512}},
    {"LongChain", {.key = tls_test::Key::Rsa, .chain = 50}},
    {"KeyUpdates", {.key_updates = 3}},
    {"CertificateWanted", {.client_certificate = ClientCertificate::Wanted}},
};

class Tls : public testing::TestWithParam<Choice> {};

TEST_P(Tls, WebServiceIsHealthy) {
  Server server{Listener::ipv4(), answering_over_tls(GetParam().settings)};
  expect_healthy(probe_securely({"--body=OK", "--min-validity=1h", "https://" + server.address()}));
  expect_refused(probe_securely({"--status=404", "https://" + server.address()}), ": 200 OK (");
}

TEST_P(Tls, HandshakeIsEnough) {
  Server server{Listener::ipv6(), answering_over_tls(GetParam().settings)};
  expect_healthy(probe_securely({"tls://" + server.address()}));
}

INSTANTIATE_TEST_SUITE_P(Https, Tls, testing::ValuesIn(choices),
                         [](const auto& test) { return std::string{test.param.name}; });

TEST(TlsRefusal, NamesItsReason) {
  const Choice refusals[] = {
      {"TLS alert handshake_failure", {.groups = "P-521"}},
      {"TLS alert protocol_version", {.version = TLS1_1_VERSION}},
      {"TLS alert no_application_protocol", {.protocol = "h2"}},
      {"TLS alert certificate_required", {.client_certificate = ClientCertificate::Demanded}},
      {"the certificate has expired", {.validity = -60}},
  };
  for (const Choice& refusal : refusals) {
    Server server{Listener::ipv4(), answering_over_tls(refusal.settings)};
    expect_refused(probe_securely({"--min-validity=1h", "https://" + server.address()}), refusal.name);
  }
}

TEST(TlsRefusal, ServiceThatDemandsACertificateIsAlive) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Server server{Listener::ipv4(), answering_over_tls({.version = version,
                                                        .client_certificate = ClientCertificate::Demanded})};
    expect_healthy(probe_securely({"tls://" + server.address()}));
  }
}

TEST(TlsRefusal, PlainServiceIsNamed) {
  Server server{Listener::ipv4(), answer_without_tls};
  expect_refused(probe_securely({"https://" + server.address()}),
                 ": the server does not speak TLS on this port (");
}

TEST(TlsRefusal, SilentServiceIsUnhealthyInTime) {
  Server server{Listener::ipv4(), [](Connection& connection) { connection.hold(); }};
  const harness::Limit limit{200ms};
  const Outcome outcome = probe_securely({"--timeout=" + limit.text(), "grpcs://" + server.address()});
  expect_refused(outcome, ": no answer within " + limit.text() + " (waiting for the TLS handshake)");
  EXPECT_LE(outcome.elapsed, limit.time() + slack());
}

}  // namespace
}  // namespace healthcheck_test

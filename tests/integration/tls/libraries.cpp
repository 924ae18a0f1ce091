// The servers that come with the libraries: OpenSSL's s_server, GnuTLS's gnutls-serv, NSS's selfserv.
#include <stdexcept>

#include "harness/process.hpp"
#include "stacks.hpp"

namespace tls {
namespace {

using harness::operator/;
using programs::installed;

void append(Words& words, const Words& more) { words.insert(words.end(), more.begin(), more.end()); }

Words openssl(const TemporaryDirectory& directory, const Setting& setting) {
  Words words{
      installed("openssl"),      "s_server", "-accept",        "127.0.0.1:8443", "-www", "-quiet", "-cert",
      directory / "certificate", "-key",     directory / "key"};
  if (setting.version != Version::any)
    words.push_back(setting.version == Version::only_1_2 ? "-tls1_2" : "-tls1_3");
  if (setting.group != Group::any) append(words, {"-groups", group_name(setting.group)});
  if (setting.suite != Suite::any && setting.version == Version::only_1_2)
    append(words, {"-cipher", suite_name_1_2(setting.suite)});
  if (setting.suite != Suite::any && setting.version == Version::only_1_3)
    append(words, {"-ciphersuites", suite_name_1_3(setting.suite)});
  if (setting.client == ClientCertificate::wanted) append(words, {"-verify", "1"});
  if (setting.client == ClientCertificate::required) append(words, {"-Verify", "1", "-verify_return_error"});
  if (setting.only_h2) append(words, {"-alpn", "h2"});
  if (setting.only_name)
    append(words, {"-servername", "app.example", "-servername_fatal", "-cert2", directory / "certificate",
                   "-key2", directory / "key"});
  return words;
}

Words gnutls(const TemporaryDirectory& directory, const Setting& setting) {
  std::string priority = "NORMAL";
  if (setting.version == Version::only_1_2) priority += ":-VERS-ALL:+VERS-TLS1.2";
  if (setting.version == Version::only_1_3) priority += ":-VERS-ALL:+VERS-TLS1.3";
  if (setting.suite != Suite::any)
    priority += setting.suite == Suite::aes_128 ? ":-CIPHER-ALL:+AES-128-GCM" : ":-CIPHER-ALL:+AES-256-GCM";
  switch (setting.group) {
    case Group::any:
      break;
    case Group::x25519:
      priority += ":-GROUP-ALL:+GROUP-X25519";
      break;
    case Group::p256:
      priority += ":-GROUP-ALL:+GROUP-SECP256R1";
      break;
    case Group::p384:
      priority += ":-GROUP-ALL:+GROUP-SECP384R1";
      break;
    case Group::p521:
      priority += ":-GROUP-ALL:+GROUP-SECP521R1";
      break;
  }
  Words words{installed("gnutls-serv"),
              "--http",
              "--quiet",
              "--port=8443",
              "--priority=" + priority,
              "--x509certfile=" + (directory / "certificate").string(),
              "--x509keyfile=" + (directory / "key").string()};
  if (setting.client == ClientCertificate::none) words.push_back("--disable-client-cert");
  if (setting.client == ClientCertificate::required) words.push_back("--require-client-cert");
  if (setting.only_h2) append(words, {"--alpn=h2", "--alpn-fatal"});
  if (setting.only_name) append(words, {"--sni-hostname=app.example", "--sni-hostname-fatal"});
  return words;
}

void run(const Words& words) {
  const harness::Outcome outcome = harness::run(words);
  if (outcome.status != 0) throw std::runtime_error(words.front() + ": " + outcome.out + outcome.err);
}

std::string nss_group(Group group) {
  return group == Group::x25519 ? "x25519"
         : group == Group::p256 ? "P256"
         : group == Group::p384 ? "P384"
                                : "P521";
}

Words nss(const TemporaryDirectory& directory, const Setting& setting) {
  make_store(directory);
  const std::string database = "sql:" + directory.path().string();
  run({installed("certutil"), "-N", "-d", database, "--empty-password"});
  run({installed("pk12util"), "-i", directory / "store", "-d", database, "-W", "secret", "-K", ""});
  Words words{installed("selfserv"),
              "-d",
              database,
              "-p",
              "8443",
              "-t",
              "2",
              "-N",
              setting.certificate == Certificate::rsa ? "-n" : "-e",
              "server",
              "-V"};
  words.push_back(setting.version == Version::only_1_2   ? "tls1.2:tls1.2"
                  : setting.version == Version::only_1_3 ? "tls1.3:tls1.3"
                                                         : "tls1.2:tls1.3");
  if (setting.group != Group::any) append(words, {"-I", nss_group(setting.group)});
  if (setting.suite != Suite::any)  // TLS_AES_128/256 and TLS_ECDHE_ECDSA with AES-128 and AES-256
    append(words, {"-c", setting.version == Version::only_1_3
                             ? (setting.suite == Suite::aes_128 ? ":1301" : ":1302")
                             : (setting.suite == Suite::aes_128 ? ":C02B" : ":C02C")});
  if (setting.client == ClientCertificate::wanted) words.push_back("-r");
  if (setting.client == ClientCertificate::required) append(words, {"-r", "-r"});
  return words;
}

}  // namespace

const std::vector<Stack> libraries{
    {"OpenSsl",
     group | suite_1_2 | suite_1_3 | ed25519 | client_wanted | client_required | alpn | name | tls_1_3 | http,
     &openssl, "error:"},
    {"GnuTls",
     group | suite_1_2 | suite_1_3 | ed25519 | client_wanted | client_required | alpn | name | tls_1_3 | http,
     &gnutls, "rror"},
    {"Nss", group | suite_1_2 | suite_1_3 | client_wanted | client_required | tls_1_3 | http, &nss, "rror"},
};

}  // namespace tls

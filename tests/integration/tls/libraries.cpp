// The servers that come with the libraries (OpenSSL's s_server, GnuTLS's gnutls-serv, NSS's selfserv), and
// scripted ones for what these cannot do.
#include <set>
#include <stdexcept>

#include "harness/process.hpp"
#include "stacks.hpp"

namespace tls {
namespace {

using harness::operator/;
using programs::installed;
using namespace std::chrono_literals;

void append(Words& words, const Words& more) { words.insert(words.end(), more.begin(), more.end()); }

// These servers listen on one port, so each listener is a process.
template <typename Command>
std::vector<Words> one_each(const Listeners& listeners, Command command) {
  std::vector<Words> commands;
  for (const Listener& listener : listeners) commands.push_back(command(listener));
  return commands;
}

// One word for each listener, with the options of scripted/server.cpp in it.
std::string scripted_service(const Listener& listener) {
  const Setting& setting = listener.setting;
  std::string options = "port=" + listener.port + " directory=" + directory(setting.certificate);
  if (setting.version != Version::any)
    options += setting.version == Version::only_1_2 ? " version=1.2" : " version=1.3";
  if (setting.small_records) options += " small";
  return options + " script=" + (setting.script != nullptr ? setting.script : "request,half,rest,notify");
}

// The library's own server has no script, and GnuTLS's does not set the size of records.
bool takes_script(const Listener& listener) {
  return listener.setting.script != nullptr || listener.setting.small_records;
}

template <typename Command>
std::vector<Words> scripted_or_each(const char* server, const Listeners& listeners, Command command) {
  Words scripted{server};
  std::vector<Words> commands;
  for (const Listener& listener : listeners) {
    if (takes_script(listener))
      scripted.push_back(scripted_service(listener));
    else
      commands.push_back(command(listener));
  }
  if (scripted.size() > 1) commands.push_back(scripted);
  return commands;
}

Words s_server(const Listener& listener) {
  const Setting& setting = listener.setting;
  Words words{installed("openssl"),         "s_server", "-accept",
              "127.0.0.1:" + listener.port, "-www",     "-cert",
              listener.file("certificate"), "-key",     listener.file("key")};
  if (setting.version != Version::any)
    words.push_back(setting.version == Version::only_1_2 ? "-tls1_2" : "-tls1_3");
  if (setting.group != Group::any) append(words, {"-groups", names(setting.group).openssl});
  if (setting.suite != Suite::any && setting.version == Version::only_1_2)
    append(words, {"-cipher", suite_name_1_2(setting.suite)});
  if (setting.suite != Suite::any && setting.version == Version::only_1_3)
    append(words, {"-ciphersuites", suite_name_1_3(setting.suite)});
  if (setting.client == ClientCertificate::wanted) append(words, {"-verify", "1"});
  if (setting.client == ClientCertificate::required) append(words, {"-Verify", "1", "-verify_return_error"});
  if (setting.only_h2) append(words, {"-alpn", "h2"});
  if (setting.padded) append(words, {"-record_padding", "512"});
  if (setting.many_tickets) append(words, {"-num_tickets", "20"});
  if (setting.only_name)
    append(words, {"-servername", "app.example", "-servername_fatal", "-cert2", listener.file("certificate"),
                   "-key2", listener.file("key")});
  return words;
}

std::vector<Words> openssl(const TemporaryDirectory&, const Listeners& listeners) {
  return scripted_or_each(OPENSSL_SERVER, listeners, &s_server);
}

std::string gnutls_priority(const Setting& setting) {
  std::string priority = "NORMAL";
  if (setting.version == Version::only_1_2) priority += ":-VERS-ALL:+VERS-TLS1.2";
  if (setting.version == Version::only_1_3) priority += ":-VERS-ALL:+VERS-TLS1.3";
  if (setting.suite != Suite::any)
    priority += setting.suite == Suite::aes_128 ? ":-CIPHER-ALL:+AES-128-GCM" : ":-CIPHER-ALL:+AES-256-GCM";
  if (setting.group != Group::any) priority += std::string{":-GROUP-ALL:+"} + names(setting.group).gnutls;
  return priority;
}

Words gnutls_serv(const Listener& listener) {
  const Setting& setting = listener.setting;
  Words words{installed("gnutls-serv"),
              "--http",
              "--quiet",
              "--port=" + listener.port,
              "--priority=" + gnutls_priority(setting),
              "--x509certfile=" + listener.file("certificate"),
              "--x509keyfile=" + listener.file("key")};
  if (setting.client == ClientCertificate::none) words.push_back("--disable-client-cert");
  if (setting.client == ClientCertificate::required) words.push_back("--require-client-cert");
  if (setting.only_h2) append(words, {"--alpn=h2", "--alpn-fatal"});
  if (setting.only_name) append(words, {"--sni-hostname=app.example", "--sni-hostname-fatal"});
  return words;
}

std::vector<Words> gnutls(const TemporaryDirectory&, const Listeners& listeners) {
  return scripted_or_each(GNUTLS_SERVER, listeners, &gnutls_serv);
}

void run(const Words& words) {
  const harness::Outcome outcome = harness::run(words, {}, 60s);
  if (outcome.status != 0) throw std::runtime_error(words.front() + ": " + outcome.out + outcome.err);
}

// Makes a database of the listeners' certificates. NSS takes no PEM file, so each goes through PKCS #12.
std::string nss_database(const TemporaryDirectory& at, const Listeners& listeners) {
  std::string database = "sql:" + at.path().string();
  run({installed("certutil"), "-N", "-d", database, "--empty-password"});
  std::set<Certificate> kinds;
  for (const Listener& listener : listeners) kinds.insert(listener.setting.certificate);
  for (const Certificate kind : kinds) {
    const std::string store = at / name(kind);
    run({installed("openssl"), "pkcs12", "-export", "-name", name(kind), "-in", directory(kind) + "/pair",
         "-out", store, "-passout", "pass:secret"});
    run({installed("pk12util"), "-i", store, "-d", database, "-W", "secret", "-K", ""});
  }
  return database;
}

Words selfserv(const std::string& database, const Listener& listener) {
  const Setting& setting = listener.setting;
  Words words{installed("selfserv"),
              "-d",
              database,
              "-p",
              listener.port,
              "-t",
              "2",
              "-N",
              setting.certificate == Certificate::rsa ? "-n" : "-e",
              name(setting.certificate),
              "-V"};
  words.push_back(setting.version == Version::only_1_2   ? "tls1.2:tls1.2"
                  : setting.version == Version::only_1_3 ? "tls1.3:tls1.3"
                                                         : "tls1.2:tls1.3");
  if (setting.group != Group::any) append(words, {"-I", names(setting.group).nss});
  if (setting.suite != Suite::any)  // TLS_AES_128/256 and TLS_ECDHE_ECDSA with AES-128 and AES-256
    append(words, {"-c", setting.version == Version::only_1_3
                             ? (setting.suite == Suite::aes_128 ? ":1301" : ":1302")
                             : (setting.suite == Suite::aes_128 ? ":C02B" : ":C02C")});
  if (setting.client == ClientCertificate::wanted) words.push_back("-r");
  if (setting.client == ClientCertificate::required) append(words, {"-r", "-r"});
  return words;
}

std::vector<Words> nss(const TemporaryDirectory& directory, const Listeners& listeners) {
  const std::string database = nss_database(directory, listeners);
  return one_each(listeners, [&](const Listener& listener) { return selfserv(database, listener); });
}

constexpr unsigned of_scripts = small_records | late_tickets | key_updates | unanswered | closing | bare_end;

}  // namespace

const std::vector<Stack> libraries{
    {"OpenSsl",
     group | suite_1_2 | suite_1_3 | ed25519 | client_wanted | client_required | alpn | name_required |
         tls_1_3 | http | padded | many_tickets | small_flights | of_scripts,
     &openssl,
     "error:",
     {"openssl", "version"}},
    {"GnuTls",
     group | suite_1_2 | suite_1_3 | ed25519 | client_wanted | client_required | alpn | name_required |
         tls_1_3 | http | of_scripts,
     &gnutls,
     "rror",
     {"gnutls-serv", "--version"}},
    {"Nss",
     group | suite_1_2 | suite_1_3 | client_wanted | client_required | tls_1_3 | http,
     &nss,
     "rror",
     {"dpkg-query", "-W", "libnss3-tools"}},
};

}  // namespace tls

// The popular proxies: HAProxy and Caddy, which answer by themselves here. One process of each has all the
// listeners.
#include "stacks.hpp"

namespace tls {
namespace {

using harness::operator/;
using programs::installed;

std::string haproxy_frontend(const Listener& listener) {
  const Setting& setting = listener.setting;
  std::string bind = "127.0.0.1:" + listener.port;
  if (!setting.plain) bind += " ssl crt " + listener.file("pair");
  if (setting.version == Version::only_1_2) bind += " ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2";
  if (setting.version == Version::only_1_3) bind += " ssl-min-ver TLSv1.3";
  if (setting.group != Group::any) bind += std::string{" curves "} + names(setting.group).openssl;
  if (setting.suite != Suite::any && setting.version == Version::only_1_2)
    bind += " ciphers " + suite_name_1_2(setting.suite);
  if (setting.suite != Suite::any && setting.version == Version::only_1_3)
    bind += " ciphersuites " + suite_name_1_3(setting.suite);
  const std::string authority = " ca-file " + listener.file("certificate");
  if (setting.client == ClientCertificate::wanted) bind += authority + " verify optional";
  if (setting.client == ClientCertificate::required) bind += authority + " verify required";
  if (setting.only_name) bind += " strict-sni";
  std::string text;
  for (int i = 0; i < 100; ++i) text += "the service is well\\n";
  const std::string answer =
      setting.unanswered ? "http-request reject"
                         : "http-request return status 200 content-type text/plain string \"" + text + "\"";
  return "frontend of_" + listener.port + "\n  bind " + bind + "\n  " + answer + "\n";
}

// The size of records is the process's.
Words haproxy_process(const std::string& file, const std::string& setting, const std::string& frontends) {
  harness::write_file(
      file, "global\n  nbthread 1\n  log stderr local0\n" + setting +
                "defaults\n  mode http\n  log global\n"
                "  option httplog\n  timeout client 60s\n  timeout connect 60s\n  timeout server 60s\n" +
                frontends);
  return {installed("haproxy"), "-f", file};
}

std::vector<Words> haproxy(const TemporaryDirectory& directory, const Listeners& listeners) {
  std::string usual, small;
  for (const Listener& listener : listeners)
    (listener.setting.small_records ? small : usual) += haproxy_frontend(listener);
  std::vector<Words> commands{haproxy_process(directory / "haproxy.cfg", "", usual)};
  if (!small.empty())
    commands.push_back(haproxy_process(directory / "small.cfg", "  tune.ssl.maxrecord 512\n", small));
  return commands;
}

std::string caddy_site(const Listener& listener) {
  const Setting& setting = listener.setting;
  std::string settings;
  if (setting.version == Version::only_1_2) settings += "protocols tls1.2 tls1.2\n";
  if (setting.version == Version::only_1_3) settings += "protocols tls1.3 tls1.3\n";
  if (setting.group != Group::any) settings += std::string{"curves "} + names(setting.group).standard + "\n";
  if (setting.suite != Suite::any) settings += "ciphers " + standard_suite_name_1_2(setting.suite) + "\n";
  if (setting.client == ClientCertificate::wanted) settings += "client_auth {\nmode request\n}\n";
  if (setting.client == ClientCertificate::required) settings += "client_auth {\nmode require\n}\n";
  std::string site = (setting.plain ? "http://:" : "https://:") + listener.port + " {\nbind 127.0.0.1\n";
  if (!setting.plain)
    site += "tls " + listener.file("certificate") + " " + listener.file("key") + " {\n" + settings + "}\n";
  return site + (setting.unanswered ? "abort" : "respond \"the service is well\"") + "\n}\n";
}

std::vector<Words> caddy(const TemporaryDirectory& directory, const Listeners& listeners) {
  const std::string at = directory.path();
  std::string text = "{\ndebug\nadmin off\nauto_https off\nstorage file_system " + at +
                     "/storage\nservers {\nprotocols h1 h2\n}\ndefault_sni app.example\n}\n";
  for (const Listener& listener : listeners) text += caddy_site(listener);
  harness::write_file(directory / "Caddyfile", text);
  return {{"/usr/bin/env", "HOME=" + at, "XDG_CONFIG_HOME=" + at, "XDG_DATA_HOME=" + at, installed("caddy"),
           "run", "--adapter", "caddyfile", "--config", directory / "Caddyfile"}};
}

constexpr unsigned common =
    group | suite_1_2 | ed25519 | client_wanted | client_required | tls_1_3 | http | plain | unanswered;

}  // namespace

const std::vector<Stack> proxies{
    {"Haproxy",
     common | suite_1_3 | name_required | small_records,
     &haproxy,
     "SSL handshake",
     {"haproxy", "-v"}},
    {"Caddy", common, &caddy, "handshake error", {"caddy", "version"}},
};

}  // namespace tls

// HAProxy, which answers by itself here. One process has all the listeners.
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
  return "frontend of_" + listener.port + "\n  bind " + bind +
         "\n  http-request return status 200 content-type text/plain string \"the service is well\"\n";
}

std::vector<Words> haproxy(const TemporaryDirectory& directory, const Listeners& listeners) {
  std::string text =
      "global\n  nbthread 1\n  log stderr local0\ndefaults\n  mode http\n  log global\n"
      "  option httplog\n  timeout client 60s\n  timeout connect 60s\n  timeout server 60s\n";
  for (const Listener& listener : listeners) text += haproxy_frontend(listener);
  harness::write_file(directory / "haproxy.cfg", text);
  return {{installed("haproxy"), "-f", directory / "haproxy.cfg"}};
}

constexpr unsigned common =
    group | suite_1_2 | ed25519 | client_wanted | client_required | tls_1_3 | http | plain;

}  // namespace

const std::vector<Stack> proxies{
    {"Haproxy", common | suite_1_3 | name_required, &haproxy, "SSL handshake", {"haproxy", "-v"}},
};

}  // namespace tls

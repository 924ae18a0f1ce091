// The servers of JavaScript's runtimes: Node.js (OpenSSL), Deno (rustls) and Bun (BoringSSL). One process of
// each has all the listeners.
#include <filesystem>
#include <system_error>

#include "stacks.hpp"

namespace tls {
namespace {

using programs::installed;

constexpr const char* whole_answer = "request,half,rest,notify";

// The settings whose names are Node.js's and Bun's.
std::string common_options(const Listener& listener) {
  const Setting& setting = listener.setting;
  std::string options =
      "{\"port\": " + listener.port + ", \"directory\": \"" + directory(setting.certificate) + "\"";
  if (setting.group != Group::any)
    options += std::string{", \"ecdhCurve\": \""} + names(setting.group).openssl + "\"";
  if (setting.suite != Suite::any)
    options += ", \"ciphers\": \"" +
               (setting.version == Version::only_1_2 ? suite_name_1_2(setting.suite)
                                                     : suite_name_1_3(setting.suite)) +
               "\"";
  if (setting.client != ClientCertificate::none)
    options += std::string{", \"requestCert\": true, \"rejectUnauthorized\": "} +
               (setting.client == ClientCertificate::required ? "true" : "false");
  return options;
}

std::string script_option(const char* script) { return std::string{", \"script\": \""} + script + "\""; }

std::string node_listener(const Listener& listener) {
  const Setting& setting = listener.setting;
  std::string options = common_options(listener);
  if (setting.version != Version::any) {
    const std::string version = setting.version == Version::only_1_2 ? "\"TLSv1.2\"" : "\"TLSv1.3\"";
    options += ", \"minVersion\": " + version + ", \"maxVersion\": " + version;
  }
  if (setting.only_h2) options += ", \"ALPNProtocols\": [\"h2\"]";
  if (setting.small_records) options += ", \"record\": 512";
  if (setting.script != nullptr) options += script_option(setting.script);
  return options + "}";
}

std::string deno_listener(const Listener& listener) {
  const Setting& setting = listener.setting;
  std::string options =
      "{\"port\": " + listener.port + ", \"directory\": \"" + directory(setting.certificate) + "\"";
  if (setting.only_h2) options += ", \"alpnProtocols\": [\"h2\"]";
  return options + script_option(setting.script != nullptr ? setting.script : whole_answer) + "}";
}

// BoringSSL's SSL_OP_NO_TLSv1_3 and SSL_OP_NO_TLSv1_2
constexpr unsigned without_1_3 = 0x2000'0000, without_1_2 = 0x0800'0000;

std::string bun_listener(const Listener& listener) {
  const Setting& setting = listener.setting;
  std::string options = common_options(listener);
  if (setting.version != Version::any)
    options += ", \"secureOptions\": " +
               std::to_string(setting.version == Version::only_1_2 ? without_1_3 : without_1_2);
  if (setting.only_h2) options += ", \"ALPNProtocols\": \"h2\"";
  return options + script_option(setting.script != nullptr ? setting.script : whole_answer) + "}";
}

Words with_listeners(Words words, const Listeners& listeners, std::string (*word)(const Listener&)) {
  for (const Listener& listener : listeners) words.push_back(word(listener));
  return words;
}

// The file in the package of the machine's architecture, the only one that npm installs.
std::string from_npm(const std::string& scope, const std::string& file) {
  std::error_code absent;
  for (const auto& package :
       std::filesystem::directory_iterator{NODE_PACKAGES "/node_modules/" + scope, absent})
    return package.path() / file;
  return file;
}

std::vector<Words> node(const TemporaryDirectory&, const Listeners& listeners) {
  return {with_listeners({installed("node"), SOURCES "/server.mjs"}, listeners, &node_listener)};
}

std::vector<Words> deno(const TemporaryDirectory& directory, const Listeners& listeners) {
  return {with_listeners({"/usr/bin/env", "DENO_DIR=" + directory.path().string(), "DENO_NO_UPDATE_CHECK=1",
                          from_npm("@deno", "deno"), "run", "--quiet", "--allow-net", "--allow-read",
                          SOURCES "/server_deno.mjs"},
                         listeners, &deno_listener)};
}

std::vector<Words> bun(const TemporaryDirectory& directory, const Listeners& listeners) {
  return {with_listeners({"/usr/bin/env", "HOME=" + directory.path().string(), from_npm("@oven", "bin/bun"),
                          "run", "--no-install", SOURCES "/server_bun.mjs"},
                         listeners, &bun_listener)};
}

}  // namespace

const std::vector<Stack> javascript{
    {"Node",
     group | suite_1_2 | suite_1_3 | ed25519 | client_wanted | tls_1_3 | http | small_records | unanswered |
         closing,
     &node,
     "rror",
     {"node", "--version"}},
    {"Deno",
     ed25519 | alpn | tls_1_3 | http | unanswered | closing | fixed_versions,
     &deno,
     "rror",
     {from_npm("@deno", "deno"), "--version"}},
    {"Bun",
     group | suite_1_2 | ed25519 | client_wanted | client_required | alpn | tls_1_3 | http | unanswered |
         closing,
     &bun,
     "rror",
     {from_npm("@oven", "bin/bun"), "--version"}},
};

}  // namespace tls

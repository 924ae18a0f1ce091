// The servers of programming languages: Go, Java and Python.
#include <map>

#include "stacks.hpp"

namespace tls {
namespace {

using harness::operator/;
using programs::installed;

// One word for each listener, with the options of server.go in it.
std::string go_listener(const Listener& listener) {
  const Setting& setting = listener.setting;
  std::string options = "-port=" + listener.port + " -directory=" + directory(setting.certificate);
  if (setting.version != Version::any)
    options += setting.version == Version::only_1_2 ? " -version=0x303" : " -version=0x304";
  if (setting.group != Group::any) options += " -group=" + std::to_string(names(setting.group).number);
  if (setting.suite != Suite::any)  // RFC 5289 §3.2
    options += setting.suite == Suite::aes_128 ? " -suite=0xc02b" : " -suite=0xc02c";
  if (setting.client != ClientCertificate::none)
    options += setting.client == ClientCertificate::wanted ? " -client=1" : " -client=2";
  if (setting.only_h2) options += " -alpn=h2";
  if (setting.only_name) options += " -name=app.example";
  if (setting.script != nullptr) options += std::string{" -scripted -script="} + setting.script;
  return options;
}

std::vector<Words> go(const TemporaryDirectory&, const Listeners& listeners) {
  Words words{GO_SERVER};
  for (const Listener& listener : listeners) words.push_back(go_listener(listener));
  return {words};
}

std::vector<Words> grpc_go(const TemporaryDirectory&, const Listeners& listeners) {
  Words words{"/usr/bin/env", "GRPC_GO_LOG_SEVERITY_LEVEL=info", GO_SERVER};
  for (const Listener& listener : listeners) words.push_back(go_listener(listener) + " -grpc");
  return {words};
}

std::string jdk_suite(const Setting& setting) {
  if (setting.suite == Suite::any) return "";
  return setting.version == Version::only_1_3 ? suite_name_1_3(setting.suite)
                                              : standard_suite_name_1_2(setting.suite);
}

Words jdk_listener(const Listener& listener) {
  const Setting& setting = listener.setting;
  return {listener.port, directory(setting.certificate),
          setting.version == Version::any        ? ""
          : setting.version == Version::only_1_2 ? "TLSv1.2"
                                                 : "TLSv1.3",
          jdk_suite(setting),
          setting.only_name                             ? "name"
          : setting.client == ClientCertificate::none   ? "none"
          : setting.client == ClientCertificate::wanted ? "want"
                                                        : "need"};
}

void append(Words& words, const Words& more) { words.insert(words.end(), more.begin(), more.end()); }

Words virtual_machine() {
  return {installed("java"), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"};
}

// Properties of the virtual machine set the groups (before JDK 20), and after how many bytes a key is
// updated, so each takes a machine.
std::vector<Words> java(const TemporaryDirectory& directory, const Listeners& listeners) {
  harness::write_file(directory / "security", "jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 100\n");
  std::map<std::pair<Group, bool>, Words> machines;
  for (const Listener& listener : listeners) {
    Words& words = machines[{listener.setting.group, listener.setting.key_updates}];
    if (words.empty()) {
      words = virtual_machine();
      if (listener.setting.group != Group::any)
        words.push_back(std::string{"-Djdk.tls.namedGroups="} + names(listener.setting.group).standard);
      if (listener.setting.key_updates)
        words.push_back("-Djava.security.properties=" + std::string{directory / "security"});
      append(words, {"-cp", JAVA_CLASSES, "SecureServer"});
    }
    append(words, jdk_listener(listener));
    words.push_back(listener.setting.small_records ? "512" : "0");
  }
  std::vector<Words> commands;
  for (const auto& [properties, words] : machines) commands.push_back(words);
  return commands;
}

std::vector<Words> jetty(const TemporaryDirectory&, const Listeners& listeners) {
  Words words = virtual_machine();
  append(words, {"-cp", JAVA_CLASSES ":" JETTY_CLASSES, "SecureJetty"});
  for (const Listener& listener : listeners) append(words, jdk_listener(listener));
  return {words};
}

std::string python_listener(const Listener& listener) {
  const Setting& setting = listener.setting;
  std::string options = "--port=" + listener.port + " --directory=" + directory(setting.certificate);
  if (setting.version != Version::any)
    options += setting.version == Version::only_1_2 ? " --version=1.2" : " --version=1.3";
  if (setting.suite != Suite::any) options += " --suite=" + suite_name_1_2(setting.suite);
  if (setting.client == ClientCertificate::wanted) options += " --client=OPTIONAL";
  if (setting.client == ClientCertificate::required) options += " --client=REQUIRED";
  if (setting.only_name) options += " --name=app.example";
  if (setting.small_records) options += " --record=512";
  if (setting.many_tickets) options += " --tickets=20";
  if (setting.script != nullptr) options += std::string{" --script="} + setting.script;
  return options;
}

std::vector<Words> python(const TemporaryDirectory&, const Listeners& listeners) {
  Words words{"/usr/bin/python3", SOURCES "/server.py"};
  for (const Listener& listener : listeners) words.push_back(python_listener(listener));
  return {words};
}

constexpr unsigned jdk = group | suite_1_2 | suite_1_3 | ed25519 | client_wanted | client_required | tls_1_3 |
                         http | small_records | small_flights | key_updates;

}  // namespace

const std::vector<Stack> languages{
    {"Go",
     group | suite_1_2 | ed25519 | client_wanted | client_required | alpn | name_required | tls_1_3 | http |
         unanswered | closing | bare_end,
     &go,
     "http:",
     {"/usr/bin/go", "version"}},
    {"GrpcGo",
     group | client_required | grpc | tls_1_3,
     &grpc_go,
     "handshake",
     {"dpkg-query", "-W", "golang-google-grpc-dev"}},
    {"Java", jdk, &java, "xception", {"java", "--version"}},
    {"Java21", jdk, &java, "xception", {"java", "--version"}, true},
    {"Jetty",
     suite_1_2 | suite_1_3 | ed25519 | client_wanted | client_required | name_required | tls_1_3 | http,
     &jetty,
     "xception",
     {"dpkg-query", "-W", "libjetty9-java"}},
    {"Python",
     suite_1_2 | ed25519 | client_wanted | client_required | name_required | tls_1_3 | http | small_records |
         many_tickets | unanswered | closing | bare_end,
     &python,
     "Traceback",
     {"/usr/bin/python3", "--version"}},
};

}  // namespace tls

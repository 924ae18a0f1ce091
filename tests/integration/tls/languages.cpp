// The servers of programming languages: Go, Java, Node.js and Python.
#include "stacks.hpp"

namespace tls {
namespace {

using harness::operator/;
using programs::installed;

Words go(const TemporaryDirectory& directory, const Setting& setting) {
  Words words{GO_SERVER, "-directory=" + directory.path().string()};
  if (setting.version != Version::any)
    words.push_back(setting.version == Version::only_1_2 ? "-version=0x303" : "-version=0x304");
  switch (setting.group) {  // RFC 8446 §4.2.7
    case Group::any:
      break;
    case Group::x25519:
      words.push_back("-group=29");
      break;
    case Group::p256:
      words.push_back("-group=23");
      break;
    case Group::p384:
      words.push_back("-group=24");
      break;
    case Group::p521:
      words.push_back("-group=25");
      break;
  }
  if (setting.suite != Suite::any)  // RFC 5289 §3.2
    words.push_back(setting.suite == Suite::aes_128 ? "-suite=0xc02b" : "-suite=0xc02c");
  if (setting.client != ClientCertificate::none)
    words.push_back(setting.client == ClientCertificate::wanted ? "-client=1" : "-client=2");
  if (setting.only_h2) words.push_back("-alpn=h2");
  if (setting.only_name) words.push_back("-name=app.example");
  return words;
}

Words grpc_go(const TemporaryDirectory& directory, const Setting& setting) {
  Words words = go(directory, setting);
  words.push_back("-grpc");
  return words;
}

std::string jdk_group(Group group) {
  return group == Group::x25519 ? "x25519"
         : group == Group::p256 ? "secp256r1"
         : group == Group::p384 ? "secp384r1"
                                : "secp521r1";
}

std::string jdk_suite(const Setting& setting) {
  if (setting.suite == Suite::any) return "";
  if (setting.version == Version::only_1_3) return suite_name_1_3(setting.suite);
  return setting.suite == Suite::aes_128 ? "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
                                         : "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
}

Words java(const TemporaryDirectory& directory, const Setting& setting) {
  make_store(directory);
  Words words{installed("java"), "-XX:TieredStopAtLevel=1", "-Xshare:auto"};
  if (setting.group != Group::any) words.push_back("-Djdk.tls.namedGroups=" + jdk_group(setting.group));
  words.insert(words.end(), {"-cp", JAVA_CLASSES, "SecureServer", directory / "store"});
  words.push_back(setting.version == Version::any        ? ""
                  : setting.version == Version::only_1_2 ? "TLSv1.2"
                                                         : "TLSv1.3");
  words.push_back(jdk_suite(setting));
  words.push_back(setting.client == ClientCertificate::none     ? "none"
                  : setting.client == ClientCertificate::wanted ? "want"
                                                                : "need");
  return words;
}

Words node(const TemporaryDirectory& directory, const Setting& setting) {
  std::string options = "{\"directory\": \"" + directory.path().string() + "\"";
  if (setting.version != Version::any) {
    const std::string version = setting.version == Version::only_1_2 ? "\"TLSv1.2\"" : "\"TLSv1.3\"";
    options += ", \"minVersion\": " + version + ", \"maxVersion\": " + version;
  }
  if (setting.group != Group::any) options += ", \"ecdhCurve\": \"" + group_name(setting.group) + "\"";
  if (setting.suite != Suite::any)
    options += ", \"ciphers\": \"" +
               (setting.version == Version::only_1_2 ? suite_name_1_2(setting.suite)
                                                     : suite_name_1_3(setting.suite)) +
               "\"";
  if (setting.client != ClientCertificate::none) options += ", \"requestCert\": true";
  if (setting.client == ClientCertificate::wanted) options += ", \"rejectUnauthorized\": false";
  if (setting.only_h2) options += ", \"ALPNProtocols\": [\"h2\"]";
  return {installed("node"), SOURCES "/server.js", options + "}"};
}

Words python(const TemporaryDirectory& directory, const Setting& setting) {
  Words words{"/usr/bin/python3", SOURCES "/server.py", "--directory=" + directory.path().string()};
  if (setting.version != Version::any)
    words.push_back(setting.version == Version::only_1_2 ? "--version=1.2" : "--version=1.3");
  if (setting.suite != Suite::any) words.push_back("--suite=" + suite_name_1_2(setting.suite));
  if (setting.client == ClientCertificate::wanted) words.push_back("--client=OPTIONAL");
  if (setting.client == ClientCertificate::required) words.push_back("--client=REQUIRED");
  if (setting.only_name) words.push_back("--name=app.example");
  return words;
}

}  // namespace

const std::vector<Stack> languages{
    {"Go", group | suite_1_2 | ed25519 | client_wanted | client_required | alpn | name | tls_1_3 | http, &go,
     "http:"},
    {"GrpcGo", grpc | tls_1_3, &grpc_go, "rror"},
    {"Java", group | suite_1_2 | suite_1_3 | ed25519 | client_wanted | client_required | tls_1_3 | http,
     &java, "xception"},
    {"Node", group | suite_1_2 | suite_1_3 | ed25519 | client_wanted | tls_1_3 | http, &node, "rror"},
    {"Python", suite_1_2 | ed25519 | client_wanted | client_required | name | tls_1_3 | http, &python,
     "Traceback"},
};

}  // namespace tls

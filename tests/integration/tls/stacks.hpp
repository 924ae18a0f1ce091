// The matrix: each stack is a TLS server, each axis is one setting of it. A cell is a stack that has all that
// the axis needs.
#pragma once

#include <string>
#include <vector>

#include "certificates.hpp"
#include "installed.hpp"

namespace tls {

using harness::TemporaryDirectory;
using programs::Words;

enum class Version { any, only_1_2, only_1_3 };
enum class Group { any, x25519, p256, p384, p521 };
enum class Suite { any, aes_128, aes_256 };
enum class ClientCertificate { none, wanted, required };

struct Setting {
  Version version = Version::any;
  Group group = Group::any;
  Suite suite = Suite::any;
  Certificate certificate = Certificate::ecdsa;
  ClientCertificate client = ClientCertificate::none;
  bool only_h2 = false;    // by ALPN
  bool only_name = false;  // refuses all server names but app.example
  bool plain = false;      // speaks no TLS
};

// The settings that a server can have, beside the version and the certificate.
enum Ability : unsigned {
  group = 1,
  suite_1_2 = 2,
  suite_1_3 = 4,
  ed25519 = 8,
  client_wanted = 16,
  client_required = 32,
  alpn = 64,
  name = 128,
  plain = 256,
  tls_1_3 = 512,
  http = 1024,
  grpc = 2048,
};

struct Axis {
  const char* name;
  unsigned needs;
  Setting setting;
  Words options;      // of healthcheck-tls
  std::string url;    // http, grpcs or tls
  std::string words;  // of the message, after the target; none: healthy
};

struct Stack {
  const char* name;
  unsigned can;
  // Writes the needed files into the directory, which has the certificate, and returns the command.
  Words (*prepare)(const TemporaryDirectory& directory, const Setting& setting);
  // The text that all complaints have in its log, on standard error or in the directory's "log".
  const char* complaint;
};

extern const std::vector<Axis> axes;
extern const std::vector<Stack> libraries;
extern const std::vector<Stack> languages;
extern const std::vector<Stack> web_servers;

// OpenSSL's names, which most servers take.
inline std::string group_name(Group group) {
  return group == Group::x25519 ? "X25519"
         : group == Group::p256 ? "P-256"
         : group == Group::p384 ? "P-384"
                                : "P-521";
}
inline std::string suite_name_1_3(Suite suite) {
  return suite == Suite::aes_128 ? "TLS_AES_128_GCM_SHA256" : "TLS_AES_256_GCM_SHA384";
}
inline std::string suite_name_1_2(Suite suite) {
  return suite == Suite::aes_128 ? "ECDHE-ECDSA-AES128-GCM-SHA256" : "ECDHE-ECDSA-AES256-GCM-SHA384";
}

}  // namespace tls

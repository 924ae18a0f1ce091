// The matrix: each stack is a TLS server, each axis is one setting of it. A cell is a stack that has all that
// the axis needs. The cells of a stack run at once, each on a port of its own, in as few processes as the
// server allows.
#pragma once

#include <string>
#include <vector>

#include "certificates.hpp"
#include "harness/files.hpp"
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
  bool only_h2 = false;          // by ALPN
  bool only_name = false;        // refuses all server names but app.example
  bool plain = false;            // speaks no TLS
  bool small_records = false;    // of at most 512 bytes of plain text
  bool padded = false;           // records are filled up to 512 bytes
  bool many_tickets = false;     // 20 after the handshake
  bool key_updates = false;      // the server's, with a request for the client's
  bool unanswered = false;       // closes instead of an answer
  const char* script = nullptr;  // the server's acts (scripted/server.cpp)
};

struct Listener {
  std::string port;  // of 127.0.0.1
  Setting setting;

  std::string file(const char* name) const { return directory(setting.certificate) + "/" + name; }
};
using Listeners = std::vector<Listener>;

// The settings that a server can have, beside the version and the certificate.
enum Ability : unsigned {
  group = 1 << 0,
  suite_1_2 = 1 << 1,
  suite_1_3 = 1 << 2,
  ed25519 = 1 << 3,
  client_wanted = 1 << 4,
  client_required = 1 << 5,
  alpn = 1 << 6,
  name_required = 1 << 7,
  plain = 1 << 8,
  tls_1_3 = 1 << 9,
  http = 1 << 10,
  grpc = 1 << 11,
  small_records = 1 << 12,
  small_flights = 1 << 13,  // a handshake of 36 kB in small records
  padded = 1 << 14,
  many_tickets = 1 << 15,
  late_tickets = 1 << 16,
  key_updates = 1 << 17,
  unanswered = 1 << 18,
  closing = 1 << 19,         // as a script says, with close_notify
  bare_end = 1 << 20,        // the same without close_notify
  fixed_versions = 1 << 21,  // a lack: always speaks both
};

struct Axis {
  const char* name;
  unsigned needs;
  Setting setting;
  Words options;       // of healthcheck-tls
  const char* scheme;  // https, grpcs or tls
  std::string words;   // of the message, after the target; none: healthy
  const char* host = "localhost";
};

struct Stack {
  const char* name;
  unsigned can;
  // Writes the needed files into the directory, and returns the command of each process.
  std::vector<Words> (*prepare)(const TemporaryDirectory& directory, const Listeners& listeners);
  // The text that all complaints have in its log: its output, and what it adds to the directory's "log".
  const char* complaint;
  Words version;  // the command that prints it; searched for if it has no path
  bool is_of_debian13 = false;
};

extern const std::vector<Axis> axes;
extern const std::vector<Stack> libraries;
extern const std::vector<Stack> languages;
extern const std::vector<Stack> javascript;
extern const std::vector<Stack> web_servers;
extern const std::vector<Stack> proxies;

struct GroupNames {
  const char* openssl;  // and most servers
  const char* standard;
  const char* gnutls;
  const char* nss;
  int number;  // RFC 8446 §4.2.7
};

// Of all but Group::any.
inline const GroupNames& names(Group group) {
  static constexpr GroupNames all[] = {{"X25519", "x25519", "GROUP-X25519", "x25519", 29},
                                       {"P-256", "secp256r1", "GROUP-SECP256R1", "P256", 23},
                                       {"P-384", "secp384r1", "GROUP-SECP384R1", "P384", 24},
                                       {"P-521", "secp521r1", "GROUP-SECP521R1", "P521", 25}};
  return all[static_cast<int>(group) - 1];
}

// OpenSSL's names, which most servers take.
inline std::string suite_name_1_3(Suite suite) {
  return suite == Suite::aes_128 ? "TLS_AES_128_GCM_SHA256" : "TLS_AES_256_GCM_SHA384";
}
inline std::string suite_name_1_2(Suite suite) {
  return suite == Suite::aes_128 ? "ECDHE-ECDSA-AES128-GCM-SHA256" : "ECDHE-ECDSA-AES256-GCM-SHA384";
}

// The name in the standard.
inline std::string standard_suite_name_1_2(Suite suite) {
  return suite == Suite::aes_128 ? "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
                                 : "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
}

}  // namespace tls

#include "stacks.hpp"

namespace tls {
namespace {

using enum Version;
using enum ClientCertificate;

constexpr const char* page = "https";
constexpr const char* handshake = "tls";
const Words right_name{"--server-name=app.example"};

}  // namespace

// In TLS 1.2 a server may demand that an ECDSA certificate's curve is one of its groups (RFC 8422 §5.1), so
// X25519 and P-384 alone go with an RSA certificate. Every cell's handshake begins with a share of X25519;
// the other groups alone take a HelloRetryRequest in 1.3.
const std::vector<Axis> axes{
    {"Defaults", http, {}, right_name, page, ""},
    {"Handshake", 0, {}, right_name, handshake, ""},
    {"HandshakeIn12", 0, {.version = only_1_2}, right_name, handshake, ""},
    {"HandshakeIn13", tls_1_3, {.version = only_1_3}, right_name, handshake, ""},
    {"Version12", http, {.version = only_1_2}, right_name, page, ""},
    {"Version13", http | tls_1_3, {.version = only_1_3}, right_name, page, ""},
    {"X25519In12",
     http | group,
     {.version = only_1_2, .group = Group::x25519, .certificate = Certificate::rsa},
     {},
     page,
     ""},
    {"P256In12", http | group, {.version = only_1_2, .group = Group::p256}, {}, page, ""},
    {"P384In12",
     http | group,
     {.version = only_1_2, .group = Group::p384, .certificate = Certificate::rsa},
     {},
     page,
     ""},
    {"X25519In13", http | group | tls_1_3, {.version = only_1_3, .group = Group::x25519}, {}, page, ""},
    {"RetryWithP256", http | group | tls_1_3, {.version = only_1_3, .group = Group::p256}, {}, page, ""},
    {"RetryWithP384", http | group | tls_1_3, {.version = only_1_3, .group = Group::p384}, {}, page, ""},
    {"P521Alone",
     group | tls_1_3,
     {.version = only_1_3, .group = Group::p521},
     {},
     handshake,
     ": TLS alert handshake_failure ("},
    {"Aes128In12", http | suite_1_2, {.version = only_1_2, .suite = Suite::aes_128}, {}, page, ""},
    {"Aes256In12", http | suite_1_2, {.version = only_1_2, .suite = Suite::aes_256}, {}, page, ""},
    {"Aes128In13", http | suite_1_3, {.version = only_1_3, .suite = Suite::aes_128}, {}, page, ""},
    {"Aes256In13", http | suite_1_3, {.version = only_1_3, .suite = Suite::aes_256}, {}, page, ""},
    {"RsaIn12", http, {.version = only_1_2, .certificate = Certificate::rsa}, {}, page, ""},
    {"Rsa", http, {.certificate = Certificate::rsa}, {}, page, ""},
    {"Ed25519", http | ed25519, {.certificate = Certificate::ed25519}, {}, page, ""},
    {"LargeCertificateIn12", http, {.version = only_1_2, .certificate = Certificate::large}, {}, page, ""},
    {"LargeCertificate", http, {.certificate = Certificate::large}, {}, page, ""},
    {"ClientWantedIn12", http | client_wanted, {.version = only_1_2, .client = wanted}, {}, page, ""},
    {"ClientWanted", http | client_wanted, {.client = wanted}, {}, page, ""},
    {"ClientRequiredHandshakeIn12",
     client_required,
     {.version = only_1_2, .client = required},
     {},
     handshake,
     ""},
    {"ClientRequiredHandshake",
     client_required | tls_1_3,
     {.version = only_1_3, .client = required},
     {},
     handshake,
     ""},
    {"ClientRequired",
     client_required | tls_1_3 | http,
     {.version = only_1_3, .client = required},
     {},
     page,
     ": TLS alert certificate_required ("},
    {"OnlyHttp2", alpn | http, {.only_h2 = true}, {}, page, ": TLS alert no_application_protocol ("},
    {"OnlyHttp2Handshake", alpn, {.only_h2 = true}, {}, handshake, ""},
    {"Grpc", grpc, {.only_h2 = true}, {}, "grpcs", ""},
    {"GrpcIn12", grpc, {.version = only_1_2, .only_h2 = true}, {}, "grpcs", ""},
    {"NameIsRight", name_required | http, {.only_name = true}, right_name, page, ""},
    {"NameIsWrong",
     name_required,
     {.only_name = true},
     {"--server-name=other.example"},
     handshake,
     ": TLS alert unrecognized_name ("},
    {"Expired",
     http,
     {.certificate = Certificate::expired},
     {"--min-validity=1s"},
     page,
     ": the certificate has expired ("},
    {"ExpiredUnasked", http, {.certificate = Certificate::expired}, {}, page, ""},
    {"EndsSoon",
     http,
     {.certificate = Certificate::short_lived},
     {"--min-validity=480h"},
     page,
     ": the certificate expires in 8"},
    {"EndsLate", http, {}, {"--min-validity=480h"}, page, ""},
    {"PlainPort", plain, {.plain = true}, {}, page, ": the server does not speak TLS on this port ("},
};

}  // namespace tls

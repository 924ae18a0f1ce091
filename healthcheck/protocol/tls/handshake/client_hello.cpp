#include "healthcheck/protocol/tls/handshake/client_hello.hpp"

#include "healthcheck/protocol/tls/record/protocol.hpp"

namespace healthcheck::tls {
namespace {

using base::Arena;
using std::string_view;
using namespace std::string_view_literals;

// TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384; of TLS 1.2 ECDHE_ECDSA and ECDHE_RSA with the same ciphers
// (RFC 5289 §3.2); and TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 §3.3). Then the only compression method:
// null.
constexpr string_view suites = "\0\x0e\x13\x01\x13\x02\xc0\x2b\xc0\x2f\xc0\x2c\xc0\x30\0\xff\x01\0"sv;

constexpr string_view groups = "\0\x1d\0\x17\0\x18"sv;
constexpr string_view point_formats = "\x01\0"sv;
constexpr string_view versions = "\x04\x03\x04\x03\x03"sv;

// Nothing is verified, so every algorithm is welcome: ECDSA (also with Brainpool's curves), EdDSA,
// RSA-PSS, RSA PKCS #1 and SHA-1 for servers of TLS 1.2, and ML-DSA.
constexpr string_view signature_algorithms =
    "\x04\x03\x05\x03\x06\x03\x08\x07\x08\x08\x08\x1a\x08\x1b\x08\x1c"
    "\x08\x04\x08\x05\x08\x06\x08\x09\x08\x0a\x08\x0b\x04\x01\x05\x01\x06\x01"
    "\x02\x01\x02\x03\x09\x04\x09\x05\x09\x06"sv;

void add_number(Arena& out, std::size_t number) {
  out.add(static_cast<char>(number >> 8));
  out.add(static_cast<char>(number));
}

// Adds a vector: a length of two bytes, then the content, which `add` adds.
template <class Add>
void add_vector(Arena& out, Add add) {
  std::size_t start = out.size();
  add_number(out, 0);
  add();
  out.fill_in_length(start, 0);
}

template <class Add>
void add_extension(Arena& out, Extension type, Add add) {
  add_number(out, static_cast<std::size_t>(type));
  add_vector(out, add);
}

void add_extension(Arena& out, Extension type, string_view content) {
  add_extension(out, type, [&] { out.add(content); });
}

// Adds an extension whose content is one vector.
void add_list(Arena& out, Extension type, string_view list) {
  add_extension(out, type, [&] { add_vector(out, [&] { out.add(list); }); });
}

void add_server_name(Arena& out, string_view name) {
  add_extension(out, Extension::ServerName, [&] {
    add_vector(out, [&] {
      out.add('\0');  // host_name
      add_vector(out, [&] { out.add(name); });
    });
  });
}

void add_application_protocol(Arena& out, string_view protocol) {
  add_extension(out, Extension::ApplicationProtocol, [&] {
    add_vector(out, [&] {
      out.add(static_cast<char>(protocol.size()));
      out.add(protocol);
    });
  });
}

void add_cookie(Arena& out, Bytes cookie) {
  add_extension(out, Extension::Cookie, [&] { add_vector(out, [&] { out.add(as_text(cookie)); }); });
}

void add_key_share(Arena& out, const HelloParts& parts) {
  add_extension(out, Extension::KeyShare, [&] {
    add_vector(out, [&] {
      add_number(out, static_cast<std::size_t>(parts.group));
      add_vector(out, [&] { out.add(as_text(parts.share)); });
    });
  });
}

}  // namespace

void add_client_hello(Arena& out, const Offer& offer, const HelloParts& parts) {
  add_number(out, static_cast<std::size_t>(Version::Tls12));
  out.add(as_text(parts.random));
  out.add('\0');  // no session: without one, no server sends ChangeCipherSpec in TLS 1.3 (RFC 8446 §D.4)
  out.add(suites);
  add_vector(out, [&] {
    if (!offer.server_name.empty()) add_server_name(out, offer.server_name);
    if (!offer.application_protocol.empty()) add_application_protocol(out, offer.application_protocol);
    add_list(out, Extension::SupportedGroups, groups);
    add_extension(out, Extension::PointFormats, point_formats);
    add_list(out, Extension::SignatureAlgorithms, signature_algorithms);
    add_extension(out, Extension::ExtendedMasterSecret, string_view{});
    add_extension(out, Extension::SupportedVersions, versions);
    if (!parts.cookie.empty()) add_cookie(out, parts.cookie);
    add_key_share(out, parts);
  });
}

}  // namespace healthcheck::tls

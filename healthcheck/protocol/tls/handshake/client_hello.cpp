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

// The extensions that are always the same: supported_groups with the three groups, ec_point_formats with
// uncompressed points, extended_master_secret, supported_versions with both, and signature_algorithms.
// Nothing is verified, so every algorithm is welcome: ECDSA (also with Brainpool's curves), EdDSA, RSA-PSS,
// RSA PKCS #1 and SHA-1 for servers of TLS 1.2, and ML-DSA.
constexpr string_view constant_extensions =
    "\0\x0a\0\x08\0\x06\0\x1d\0\x17\0\x18"
    "\0\x0b\0\x02\x01\0"
    "\0\x17\0\0"
    "\0\x2b\0\x05\x04\x03\x04\x03\x03"
    "\0\x0d\0\x2e\0\x2c"
    "\x04\x03\x05\x03\x06\x03\x08\x07\x08\x08\x08\x1a\x08\x1b\x08\x1c"
    "\x08\x04\x08\x05\x08\x06\x08\x09\x08\x0a\x08\x0b\x04\x01\x05\x01\x06\x01"
    "\x02\x01\x02\x03\x09\x04\x09\x05\x09\x06"sv;
static_assert(constant_extensions.size() == 12 + 6 + 4 + 9 + 6 + 0x2c);

[[gnu::noinline]] void add_number(Arena& out, std::size_t number) {
  out.add(static_cast<char>(number >> 8));
  out.add(static_cast<char>(number));
}

// Adds a string behind its length.
void add_string(Arena& out, string_view text) {
  add_number(out, text.size());
  out.add(text);
}

// Adds an extension that is a list of one entry: the entry's kind, if the list has kinds, and a string.
[[gnu::noinline]] void add_extension(Arena& out, Extension type, string_view kind, string_view text) {
  const std::size_t size = kind.empty() ? text.size() : kind.size() + 2 + text.size();
  add_number(out, static_cast<std::size_t>(type));
  add_number(out, 2 + size);
  add_number(out, size);
  out.add(kind);
  if (kind.empty())
    out.add(text);
  else
    add_string(out, text);
}

}  // namespace

void add_client_hello(Arena& out, const Offer& offer, const HelloParts& parts) {
  add_number(out, static_cast<std::size_t>(Version::Tls12));
  out.add(as_text(parts.random));
  out.add('\0');  // no session: without one, no server sends ChangeCipherSpec in TLS 1.3 (RFC 8446 §D.4)
  out.add(suites);
  const std::size_t extensions = out.size();
  add_number(out, 0);
  constexpr string_view host_name = "\0"sv;
  if (!offer.server_name.empty()) add_extension(out, Extension::ServerName, host_name, offer.server_name);
  if (!offer.application_protocol.empty())
    add_extension(out, Extension::ApplicationProtocol, {}, offer.application_protocol);
  out.add(constant_extensions);
  if (!parts.cookie.empty()) add_extension(out, Extension::Cookie, {}, as_text(parts.cookie));
  const char group[] = {'\0', static_cast<char>(parts.group)};
  add_extension(out, Extension::KeyShare, {group, sizeof group}, as_text(parts.share));
  out.fill_in_length(extensions, 0);
}

}  // namespace healthcheck::tls

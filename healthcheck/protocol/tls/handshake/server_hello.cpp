#include "healthcheck/protocol/tls/handshake/server_hello.hpp"

#include <algorithm>

#include "healthcheck/protocol/tls/handshake/client_hello.hpp"
#include "healthcheck/protocol/tls/handshake/wire.hpp"

namespace healthcheck::tls {
namespace {

// SHA-256 of "HelloRetryRequest" (RFC 8446 §4.1.3).
constexpr std::uint8_t retry_random[random_size] = {
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c};

// A server that speaks TLS 1.3, but was made to choose an older version, ends its random with this mark and
// with 0 or 1, which names the older version (RFC 8446 §4.1.3).
constexpr std::uint64_t downgrade_mark = 0x44'4f'57'4e'47'52'44'00;  // "DOWNGRD"

bool parse_suite(std::uint32_t suite, ServerHello& hello) {
  switch (suite) {
    case 0x1301:
    case 0xc02b:
    case 0xc02f:
      hello.hash = Hash::Sha256;
      break;
    case 0x1302:
    case 0xc02c:
    case 0xc030:
      hello.hash = Hash::Sha384;
      break;
    default:
      return false;
  }
  return (suite < 0xc000) == (hello.version == Version::Tls13);
}

Fault parse_key_share(WireReader& content, ServerHello& hello) {
  hello.group = find_group(content.number(2));
  if (!hello.is_retry) hello.share = content.vector(2);
  return hello.group ? Fault{} : Alert::IllegalParameter;
}

Fault parse_extension(std::uint32_t type, WireReader& content, ServerHello& hello) {
  switch (Extension{static_cast<std::uint16_t>(type)}) {
    case Extension::SupportedVersions:
      hello.version = Version{static_cast<std::uint16_t>(content.number(2))};
      return hello.version == Version::Tls13 ? Fault{} : Alert::IllegalParameter;
    case Extension::KeyShare:
      return parse_key_share(content, hello);
    case Extension::Cookie:
      if (!hello.is_retry) return Alert::UnsupportedExtension;
      hello.cookie = content.vector(2);
      return {};
    case Extension::ExtendedMasterSecret:
      hello.has_extended_master_secret = true;
      return {};
    case Extension::RenegotiationInfo:  // RFC 5746 §3.4: the first handshake has nothing to repeat
      return content.vector(1).empty() ? Fault{} : Alert::HandshakeFailure;
    case Extension::ServerName:
    case Extension::PointFormats:
    case Extension::ApplicationProtocol:
      // The service's own answer tells which protocol it speaks.
      content.skip_rest();
      return {};
    default:
      return Alert::UnsupportedExtension;
  }
}

Fault parse_extensions(WireReader& extensions, ServerHello& hello) {
  while (!extensions.is_at_end()) {
    std::uint32_t type = extensions.number(2);
    WireReader content{extensions.vector(2)};
    if (extensions.failed()) return Alert::DecodeError;
    if (Fault fault = parse_extension(type, content, hello)) return fault;
    if (!content.is_complete()) return Alert::DecodeError;
  }
  return {};
}

bool is_downgraded(Bytes random) {
  auto end = load_big_endian<std::uint64_t>(random.last(sizeof downgrade_mark).data());
  return end == downgrade_mark || end == downgrade_mark + 1;
}

// Checks that the hello has all that its version asks for, and nothing of the other version.
Fault check_version(const ServerHello& hello) {
  if (hello.version == Version::Tls12) {
    bool is_newer = hello.is_retry || hello.group || is_downgraded(hello.random);
    return is_newer ? Alert::IllegalParameter : Fault{};
  }
  if (hello.has_extended_master_secret) return Alert::UnsupportedExtension;
  if (hello.is_retry && !hello.group && hello.cookie.empty()) return Alert::IllegalParameter;
  if (!hello.is_retry && !hello.group) return Alert::MissingExtension;
  return {};
}

}  // namespace

std::optional<Group> find_group(std::uint32_t number) {
  for (Group group : {Group::X25519, Group::P256, Group::P384})
    if (number == static_cast<std::uint32_t>(group)) return group;
  return {};
}

Fault parse_server_hello(Bytes body, ServerHello& hello) {
  WireReader reader{body};
  std::uint32_t version = reader.number(2);
  if (version != static_cast<std::uint32_t>(Version::Tls12)) return Alert::ProtocolVersion;
  hello.random = reader.take(random_size);
  Bytes session = reader.vector(1);
  std::uint32_t suite = reader.number(2);
  std::uint32_t compression = reader.number(1);
  // A server of TLS 1.2 need not have extensions at all. They are the rest of the message.
  std::size_t size = reader.is_at_end() ? 0 : reader.number(2);
  if (reader.failed() || size != reader.left()) return Alert::DecodeError;
  hello.is_retry = std::equal(std::begin(retry_random), std::end(retry_random), hello.random.begin());
  if (Fault fault = parse_extensions(reader, hello)) return fault;
  // In TLS 1.2 the server may name a session of its own.
  if (compression != 0 || (hello.version == Version::Tls13 && !session.empty()) || session.size() > 32)
    return Alert::IllegalParameter;
  if (!parse_suite(suite, hello)) return Alert::IllegalParameter;
  return check_version(hello);
}

}  // namespace healthcheck::tls

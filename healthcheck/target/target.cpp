#include "healthcheck/target/target.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "healthcheck/target/reach.hpp"

namespace healthcheck {
namespace {

using base::Problem;
using std::string_view;

// In the order of the enumeration. Arrays, not pointers: a pointer would cost a relocation.
constexpr char schemes[][5] = {"http", "tcp", "grpc", "udp", "unix", "file", "pid"};

bool parse_scheme(string_view name, Scheme& scheme) {
  std::uint8_t index = 0;
  for (const char* known : schemes) {
    if (base::equal_ignoring_case(name, known)) {
      scheme = Scheme{index};
      return true;
    }
    ++index;
  }
  return false;
}

// Replaces a scheme of TLS by the scheme that it carries. Returns whether it was one.
bool take_secure_scheme(string_view& scheme) {
  for (string_view secure = "https grpcs tls", carried = "http grpc tcp"; !secure.empty();) {
    string_view name = base::take_until(secure, ' '), plain = base::take_until(carried, ' ');
    if (!base::equal_ignoring_case(name, scheme)) continue;
    scheme = plain;
    return true;
  }
  return false;
}

// Removes the scheme from `rest`. HOST:PORT without a scheme is an http target.
Problem take_scheme(string_view& rest, Target& target) {
  string_view after = rest;
  string_view name = base::take_until(after, ':');
  if (!after.starts_with("//")) {
    target.scheme = Scheme::Http;
    bool has_port = !after.empty() && base::is_digit(after.front());
    return has_port || rest.starts_with('[') ? nullptr : "neither SCHEME://... nor HOST:PORT";
  }
  rest = after;
  rest.remove_prefix(2);
  if (take_secure_scheme(name)) {
    if (!speaks_tls) return "TLS needs healthcheck-tls";
    target.transport = Transport::Tls;
  }
  return parse_scheme(name, target.scheme) ? nullptr : "unknown scheme";
}

// RFC 6761 §6.3: names under localhost are loopback names too.
bool names_localhost(string_view host) {
  constexpr string_view localhost = "localhost";
  if (host.size() < localhost.size()) return false;
  std::size_t before = host.size() - localhost.size();
  return (before == 0 || host[before - 1] == '.') &&
         base::equal_ignoring_case({host.data() + before, localhost.size()}, localhost);
}

Problem parse_host(string_view host, Target& target) {
  target.host = Host::Literal;
  if (host.starts_with('[')) {
    host.remove_prefix(1);
    if (!host.ends_with(']')) return "invalid host";
    host.remove_suffix(1);
    if (!parse_ipv6(host, target.address)) return "invalid IPv6 address";
  } else if (!parse_ipv4(host, target.address)) {
    if (host.empty()) return "no host";
    target.host = names_localhost(host) ? Host::Localhost : Host::Name;
    target.name = host;
    target.address = Address::loopback_ipv4();
    return nullptr;
  }
  target.address.replace_unspecified();
  return target.address.is_for_many() ? "multicast or broadcast address" : nullptr;
}

Problem parse_authority(string_view authority, Target& target) {
  for (char c : authority) {
    if (c == '@') return "user not accepted (see --user)";
    if (c == 0x7f || (c >= 0 && c <= ' ')) return "blank or control character in the host";
  }
  target.authority = authority;
  // Find the last colon that is not inside of the brackets.
  std::size_t colon = authority.size();
  while (colon != 0 && authority[colon - 1] != ':' && authority[colon - 1] != ']') --colon;
  target.port = target.scheme == Scheme::Http ? 80 : 0;
  if constexpr (speaks_tls)
    if (target.port != 0 && target.transport == Transport::Tls) target.port = 443;
  if (colon == 0 || authority[colon - 1] == ']') return parse_host(authority, target);
  string_view digits{authority.data() + colon, authority.size() - colon};
  // An empty port is the default one (RFC 3986 §3.2.3).
  if (!digits.empty()) {
    auto port = base::parse_number(digits, 65535);
    if (!port || *port == 0) return "invalid port";
    target.port = static_cast<std::uint16_t>(*port);
  }
  return parse_host({authority.data(), colon - 1}, target);
}

}  // namespace

Problem parse_target(string_view text, Target& target) {
  string_view rest = text;
  if (Problem problem = take_scheme(rest, target)) return problem;
  std::size_t length = 0;
  while (length < rest.size() && rest[length] != '/' && rest[length] != '?' && rest[length] != '#') ++length;
  string_view authority{rest.data(), length};
  rest.remove_prefix(length);
  if (target.scheme <= Scheme::Udp) {
    // A fragment (#) is not sent to servers (RFC 9110 §4.2.5).
    target.path = base::take_until(rest, '#');
    return parse_authority(authority, target);
  }
  // An abstract socket's name is any text after the '@' (unix(7)): the authority is a part of it.
  target.path = {authority.data(), authority.size() + rest.size()};
  if (target.is_abstract_socket()) return target.path.size() > 1 ? nullptr : "no name after @";
  return target.path.starts_with('/') ? nullptr : "no absolute path";
}

}  // namespace healthcheck

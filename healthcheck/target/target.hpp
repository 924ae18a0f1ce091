// Targets: the services, files and processes to probe, and their names.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/options.hpp"
#include "healthcheck/target/address.hpp"

namespace healthcheck {

// The first four have a host, the others a path.
enum class Scheme : std::uint8_t { Http, Tcp, Grpc, Udp, Unix, File, Pid };

// A set of schemes, one bit each.
using Schemes = std::uint16_t;
constexpr Schemes set_of(Scheme scheme) { return static_cast<Schemes>(1U << static_cast<unsigned>(scheme)); }
template <class... Scheme>
constexpr Schemes set_of(Scheme... schemes) {
  return static_cast<Schemes>((set_of(schemes) | ...));
}
inline constexpr Schemes every_scheme = 0x7f;
// Bits beside those of the schemes: a target of TLS has the first, and --on-failure needs the calls of the
// second.
inline constexpr Schemes over_tls = 0x80, signals_process_one = 0x100;

// Returns whether --unix-socket replaces the address of such a target.
constexpr bool takes_unix_socket(Scheme scheme) { return scheme == Scheme::Http || scheme == Scheme::Grpc; }

enum class Host : std::uint8_t {
  Localhost,  // or a name under it: 127.0.0.1, then ::1
  Literal,
  Name,  // any other: /etc/hosts may have its addresses
};

// The protocol that carries the bytes. Only healthcheck-tls has targets of TLS: https, grpcs and tls.
enum class Transport : std::uint8_t { Plain, Tls };

struct Target {
  std::string_view text{};  // as the user wrote it, for messages
  Scheme scheme{};
  Host host{};
  std::uint16_t port = 0;  // 0: none is named, and the scheme has no default
  Address address{};       // a literal's; for localhost, the first
  Transport transport{};
  std::string_view name{};       // of a host that has one
  std::string_view authority{};  // HOST[:PORT]
  // For http: with the query, perhaps without the first slash. For grpc: the service. For unix: an abstract
  // name begins with '@'. For the others: absolute.
  std::string_view path{};

  bool is_abstract_socket() const { return scheme == Scheme::Unix && path.starts_with('@'); }
};

// The longest path that fits into sockaddr_un, on every Linux.
inline constexpr std::size_t longest_socket_path = 107;
// The buffer holds this path twice. The kernel's own limit is 4,095.
inline constexpr std::size_t longest_path = 4000;

// Parses a text that is already expanded.
[[gnu::noinline]] base::Problem parse_target(std::string_view text, Target& target);

}  // namespace healthcheck

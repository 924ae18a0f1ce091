// Targets: what is probed, and how it is named.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/options.hpp"
#include "healthcheck/target/address.hpp"

namespace healthcheck {

// The first four have a host, the others a path.
enum class Scheme : std::uint8_t { Http, Tcp, Grpc, Udp, Unix, File, Pid };

// Returns whether --unix-socket says where such a target is.
constexpr bool takes_unix_socket(Scheme scheme) { return scheme == Scheme::Http || scheme == Scheme::Grpc; }

enum class Host : std::uint8_t {
  Localhost,  // or a name under it: 127.0.0.1, then ::1
  Literal,
  Name,  // any other; of use only where a socket's path stands for it
};

// The protocol that carries the bytes. Only healthcheck-tls has targets of TLS: https, grpcs and tls.
enum class Transport : std::uint8_t { Plain, Tls };

struct Target {
  std::string_view text{};  // as messages show it
  Scheme scheme{};
  Host host{};
  std::uint16_t port = 0;  // 0: none is named, and the scheme has no default
  Address address{};       // of a literal; of localhost: the first
  Transport transport{};
  std::string_view authority{};  // HOST[:PORT], as written
  // Of http: with the query, perhaps without the first slash. Of grpc: the service. Of unix: an abstract name
  // begins with '@'. Of the others: absolute.
  std::string_view path{};

  bool is_abstract_socket() const { return scheme == Scheme::Unix && path.starts_with('@'); }
};

// The longest path that fits into sockaddr_un, on every Linux.
inline constexpr std::size_t longest_socket_path = 107;
// The buffer holds it twice. The kernel's own limit is 4,095.
inline constexpr std::size_t longest_path = 4000;

// Parses what is expanded already.
[[gnu::noinline]] base::Problem parse_target(std::string_view text, Target& target);

}  // namespace healthcheck

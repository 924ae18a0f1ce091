// Sockets that never block.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "base/duration.hpp"
#include "sys/file.hpp"

namespace sys {

// An address to connect to, as the kernel takes it.
struct Endpoint {
  union {
    sockaddr any;
    sockaddr_in ipv4;
    sockaddr_in6 ipv6;
    sockaddr_un path;
  };
  socklen_t size = 0;

  Endpoint() : path{} {}
  // An IPv6 address, or an IPv4 address mapped into one.
  void set_address(const std::array<std::uint8_t, 16>& address, bool is_ipv4);
  void set_port(std::uint16_t port);
  // A leading '@' makes the rest the name of an abstract socket (unix(7)). Returns false if the path is
  // longer than sun_path, 107 bytes.
  bool set_path(std::string_view name);
  // The same address and port of the internet.
  bool operator==(const Endpoint& other) const;
};

enum class Transport : int { Stream = SOCK_STREAM, Datagram = SOCK_DGRAM };

// socket(2) of the endpoint's family.
Result<Descriptor> open_socket(const Endpoint& endpoint, Transport transport);
// bind(2). EADDRNOTAVAIL: the address is not of this network namespace. EADDRINUSE: it is, but no port is
// left that is free for every connection. It also accepts multicast and broadcast addresses.
Status bind(Descriptor socket, const Endpoint& endpoint);
// getsockname(2): returns whether the socket's own address is the one that it is connected to. This happens
// if the kernel chose that port. TCP then connects the socket to itself if nobody listens, and a datagram
// comes back.
Result<bool> is_connected_to_itself(Descriptor socket, const Endpoint& endpoint);
// connect(2). EINPROGRESS: ask again, by connecting or sending, when it is writable. EAGAIN: a Unix socket's
// backlog is full, and nothing was begun.
Status connect(Descriptor socket, const Endpoint& endpoint);
// shutdown(2) of the sending half: a FIN.
Status finish_sending(Descriptor socket);
// send(2), without SIGPIPE. EAGAIN: there is no room, or no connection, yet.
Result<std::size_t> send(Descriptor socket, std::string_view bytes);

enum class Readiness : short { Readable, Writable };
// ppoll(2): waits at most `timeout`, however often it is interrupted, and returns how much of it was left.
// ETIME: the time is over, as it always is after a pause (no_descriptor).
Result<base::Duration> wait_until(Readiness readiness, Descriptor descriptor, base::Duration timeout);

}  // namespace sys

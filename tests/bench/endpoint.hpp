// Endpoint: the server that is probed, in a process of its own: HTTP over IPv4, IPv6 and a Unix socket, and
// gRPC health. GET /N is answered with N bytes.
#pragma once

#include <sys/types.h>

#include <string>

#include "support/files.hpp"
#include "support/server.hpp"

namespace bench {

class Endpoint {
 public:
  Endpoint();
  Endpoint(const Endpoint&) = delete;
  ~Endpoint();

  pid_t pid() const { return pid_; }
  const std::string& ipv4() const { return ipv4_.address(); }
  const std::string& ipv6() const { return ipv6_.address(); }
  const std::string& unix_socket() const { return unix_.address(); }
  const std::string& grpc() const { return grpc_.address(); }

 private:
  [[noreturn]] void serve() const;

  support::TemporaryDirectory directory_;
  support::Listener ipv4_ = support::Listener::ipv4();
  support::Listener ipv6_ = support::Listener::ipv6();
  support::Listener unix_;
  support::Listener grpc_ = support::Listener::ipv4();
  pid_t pid_;
};

}  // namespace bench

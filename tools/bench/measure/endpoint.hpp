// Endpoint: the probed server in a process of its own: HTTP over IPv4, IPv6 and a Unix socket, and gRPC
// health. It answers GET /N with N bytes.
#pragma once

#include <sys/types.h>

#include <string>

#include "harness/files.hpp"
#include "harness/server.hpp"

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

  harness::TemporaryDirectory directory_;
  harness::Listener ipv4_ = harness::Listener::ipv4();
  harness::Listener ipv6_ = harness::Listener::ipv6();
  harness::Listener unix_;
  harness::Listener grpc_ = harness::Listener::ipv4();
  pid_t pid_;
};

}  // namespace bench

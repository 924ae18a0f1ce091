#include "udp_port.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>

#include "files.hpp"

namespace harness {

UdpPort::UdpPort() : socket_{checked(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket")} {
  sockaddr_in own{};
  own.sin_family = AF_INET;
  own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof own;
  checked(::bind(socket_.get(), reinterpret_cast<sockaddr*>(&own), size), "bind");
  checked(::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&own), &size), "getsockname");
  address_ = "127.0.0.1:" + std::to_string(ntohs(own.sin_port));
}

std::string UdpPort::answer(std::string_view text) const {
  std::array<char, 2048> buffer{};
  sockaddr_in peer{};
  socklen_t size = sizeof peer;
  auto* address = reinterpret_cast<sockaddr*>(&peer);
  const ssize_t length = ::recvfrom(socket_.get(), buffer.data(), buffer.size(), 0, address, &size);
  checked(static_cast<int>(length), "recvfrom");
  checked(static_cast<int>(::sendto(socket_.get(), text.data(), text.size(), 0, address, size)), "sendto");
  return {buffer.data(), static_cast<std::size_t>(length)};
}

}  // namespace harness

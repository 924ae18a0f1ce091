#include <algorithm>
#include <cstddef>

#include "sys/socket.hpp"

namespace sys {

void Endpoint::set_address(const std::array<std::uint8_t, 16>& address, bool is_ipv4) {
  any.sa_family = is_ipv4 ? AF_INET : AF_INET6;
  size = is_ipv4 ? sizeof ipv4 : sizeof ipv6;
  auto* to = reinterpret_cast<std::uint8_t*>(this) +
             (is_ipv4 ? offsetof(sockaddr_in, sin_addr) : offsetof(sockaddr_in6, sin6_addr));
  std::copy(address.begin() + (is_ipv4 ? 12 : 0), address.end(), to);
}

void Endpoint::set_port(std::uint16_t port) {
  // The port has the same place in both families.
  ipv6.sin6_port = htons(port);
}

bool Endpoint::set_path(std::string_view name) {
  any.sa_family = AF_UNIX;
  size = sizeof path;
  if (name.size() >= sizeof path.sun_path) return false;
  std::copy(name.begin(), name.end(), path.sun_path);
  if (!name.starts_with('@')) return true;
  // Every byte of an abstract name counts, so the length must not include the zeros after it.
  path.sun_path[0] = '\0';
  size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  return true;
}

bool Endpoint::operator==(const Endpoint& other) const {
  if (any.sa_family != other.any.sa_family || ipv6.sin6_port != other.ipv6.sin6_port) return false;
  if (any.sa_family == AF_INET) return ipv4.sin_addr.s_addr == other.ipv4.sin_addr.s_addr;
  return any.sa_family == AF_INET6 &&
         std::equal(ipv6.sin6_addr.s6_addr, ipv6.sin6_addr.s6_addr + 16, other.ipv6.sin6_addr.s6_addr);
}

}  // namespace sys

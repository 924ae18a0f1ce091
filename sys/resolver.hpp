// libc's resolver, under a deadline. Only healthcheck-remote has it: the plain program resolves nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/duration.hpp"

namespace sys {

enum class Resolution : std::uint8_t { Found, NoSuchName, NoServer, NoTime };

// IPv6 addresses, or IPv4 addresses as IPv6 maps them, in the order in which to try them.
struct Addresses {
  static constexpr std::size_t max_count = 16;
  std::array<std::array<std::uint8_t, 16>, max_count> each;
  std::size_t count = 0;
};

// getaddrinfo(3): /etc/hosts, then the name servers and search domains of resolv.conf(5), for at most
// `limit`.
Resolution resolve(const char* name, base::Duration limit, Addresses& addresses);

}  // namespace sys

// Finds the addresses of a host's name in the text of /etc/hosts (hosts(5)). Nothing else is ever looked up.
#pragma once

#include <string_view>

#include "healthcheck/target/address.hpp"

namespace healthcheck {

class HostAddresses {
 public:
  HostAddresses(std::string_view hosts, std::string_view name) : rest_(hosts), name_(name) {}

  // Gives the addresses in the order of their lines. Skips lines without an address, and multicast and
  // broadcast addresses; 0.0.0.0 and [::] become loopback. Returns false if there are no more.
  bool next(Address& address);

 private:
  std::string_view rest_, name_;
};

}  // namespace healthcheck

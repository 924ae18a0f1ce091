// A UDP service for the tests: a bound socket that can answer.
#pragma once

#include <string>
#include <string_view>

#include "descriptor.hpp"

namespace harness {

// A socket on a free port of 127.0.0.1. While it lives, the kernel refuses no datagram to it.
class UdpPort {
 public:
  UdpPort();

  const std::string& address() const { return address_; }  // 127.0.0.1:PORT
  // Waits for a datagram, answers it with this text, and returns it.
  std::string answer(std::string_view text) const;

 private:
  Descriptor socket_;
  std::string address_;
};

}  // namespace harness

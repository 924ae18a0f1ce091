// Literal addresses. This code asks no resolver.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace healthcheck {

// An IPv6 address, or an IPv4 address as IPv6 maps it (RFC 4291 §2.5.5.2), in network order.
class Address {
 public:
  static constexpr std::size_t size = 16;
  std::array<std::uint8_t, size> bytes{};

  static Address loopback_ipv4();
  static Address loopback_ipv6();

  bool is_ipv4() const;
  // 0.0.0.0 or [::].
  bool is_unspecified() const;
  // 127.0.0.0/8 (RFC 1122 §3.2.1.3).
  bool is_ipv4_loopback() const;
  // Multicast, or the broadcast address of every network.
  bool is_for_many() const;
  // Makes 0.0.0.0 and [::], which a service listens on, the loopback address of their family.
  void replace_unspecified();
};

// Four decimal numbers without leading zeros: the forms that some read as octal or short are refused.
bool parse_ipv4(std::string_view text, Address& address);
// RFC 4291 §2.2, without brackets and zone.
bool parse_ipv6(std::string_view text, Address& address);
// Either of them, as an address to connect to: 0.0.0.0 and :: become loopback. Refuses multicast and
// broadcast addresses.
bool parse_address(std::string_view text, Address& address);

}  // namespace healthcheck

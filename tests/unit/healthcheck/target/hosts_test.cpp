#include "healthcheck/target/hosts.hpp"

#include <gtest/gtest.h>

#include <string>

namespace healthcheck {
namespace {

// The last bytes of the addresses, in their order.
std::string addresses_of(std::string_view hosts, std::string_view name) {
  HostAddresses addresses{hosts, name};
  std::string found;
  for (Address address; addresses.next(address);)
    found += (address.is_ipv4() ? "4:" : "6:") + std::to_string(address.bytes[15]) + " ";
  return found;
}

TEST(Hosts, NamesHaveTheAddressesOfTheirLines) {
  const char* hosts =
      "127.0.0.1\tlocalhost\n"
      "::1 localhost ip6-localhost\n"
      "\n"
      "# 10.0.0.9 app\n"
      "  10.0.0.1 \t app.example  app # app2\n"
      "10.0.0.2 db #app\r\n"
      "fd00::3 APP db\r\n"
      "10.0.0.4 app";
  EXPECT_EQ(addresses_of(hosts, "app"), "4:1 6:3 4:4 ");
  EXPECT_EQ(addresses_of(hosts, "App.Example"), "4:1 ");
  EXPECT_EQ(addresses_of(hosts, "db"), "4:2 6:3 ");
  for (const char* name : {"ap", "app2", "10.0.0.1", "#", "localhost.", ""})
    EXPECT_EQ(addresses_of(hosts, name), "");
}

TEST(Hosts, LinesWithoutAnAddressOfOneHostAreSkipped) {
  for (const char* address :
       {"224.0.0.1", "255.255.255.255", "ff02::1", "fe80::1%eth0", "[::1]", "10.1", "app", "10.0.0.256"})
    EXPECT_EQ(addresses_of(std::string{address} + " app\n10.0.0.7 app\n", "app"), "4:7 ") << address;
}

TEST(Hosts, UnspecifiedAddressesAreLoopback) {
  Address address;
  HostAddresses addresses{"0.0.0.0 app\n:: app\n", "app"};
  ASSERT_TRUE(addresses.next(address));
  EXPECT_EQ(address.bytes, Address::loopback_ipv4().bytes);
  ASSERT_TRUE(addresses.next(address));
  EXPECT_EQ(address.bytes, Address::loopback_ipv6().bytes);
}

}  // namespace
}  // namespace healthcheck

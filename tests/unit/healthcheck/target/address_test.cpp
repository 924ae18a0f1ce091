#include "healthcheck/target/address.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace healthcheck {
namespace {

// The C library's result is the reference for every text below.
bool reference(const std::string& text, Address& address) {
  return ::inet_pton(AF_INET6, text.c_str(), address.bytes.data()) == 1;
}

TEST(Address, IPv6IsParsedAsTheLibraryParsesIt) {
  for (const char* text : {"::",
                           "::1",
                           "1::",
                           "fe80::1",
                           "2001:db8::8:800:200c:417a",
                           "1:2:3:4:5:6:7:8",
                           "1:2:3:4:5:6:7::",
                           "::2:3:4:5:6:7:8",
                           "1::3:4:5:6:7:8",
                           "::ffff:127.0.0.1",
                           "::127.0.0.1",
                           "64:ff9b::192.0.2.33",
                           "1:2:3:4:5:6:127.0.0.1",
                           "ABCD:ef01::",
                           "0:0:0:0:0:0:0:1",
                           "",
                           ":",
                           ":1",
                           "1:",
                           ":::",
                           "1:::2",
                           "1::2::3",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7:8::",
                           "::1:2:3:4:5:6:7:8",
                           "12345::",
                           "g::",
                           "::1.2.3",
                           "::1.2.3.4.5",
                           "::1.2.3.4:5",
                           "1.2.3.4",
                           "::256.0.0.1",
                           "::1%lo",
                           " ::1",
                           "1:2:3:4:5:6:7:127.0.0.1",
                           "::-1",
                           "0x1::",
                           "1::2:",
                           "[::1]"}) {
    Address ours, theirs;
    bool expected = reference(text, theirs);
    ASSERT_EQ(parse_ipv6(text, ours), expected) << text;
    if (expected) {
      EXPECT_EQ(ours.bytes, theirs.bytes) << text;
    }
  }
}

TEST(Address, IPv4IsFourPlainNumbers) {
  for (const char* text : {"127.0.0.1", "0.0.0.0", "255.255.255.255", "10.20.30.40"}) {
    Address ours;
    in_addr theirs{};
    ASSERT_TRUE(parse_ipv4(text, ours)) << text;
    ASSERT_EQ(::inet_pton(AF_INET, text, &theirs), 1);
    EXPECT_EQ(0, std::memcmp(&ours.bytes[12], &theirs, 4)) << text;
    EXPECT_TRUE(ours.is_ipv4());
  }
  // The C library accepts some of these as addresses: octal, hexadecimal and short forms. An allow-list would
  // not recognise them.
  for (const char* text : {"", "127.1", "127.0.0.01", "0177.0.0.1", "0x7f.0.0.1", "2130706433", "127.0.0.1.",
                           "1.2.3", "1.2.3.4.5", "256.0.0.1", "1..2.3", "-1.0.0.0", "1.2.3.4 ", "a.b.c.d"}) {
    Address ours;
    EXPECT_FALSE(parse_ipv4(text, ours)) << text;
  }
}

TEST(Address, GroupAddressesAreRecognisedByNumber) {
  for (const char* text : {"224.0.0.1", "239.255.255.255", "255.255.255.255"}) {
    Address address;
    ASSERT_TRUE(parse_ipv4(text, address));
    EXPECT_TRUE(address.is_for_many()) << text;
  }
  for (const char* text : {"ff02::1", "ff00::", "::ffff:224.0.0.1"}) {
    Address address;
    ASSERT_TRUE(parse_ipv6(text, address));
    EXPECT_TRUE(address.is_for_many()) << text;
  }
  for (const char* text : {"127.0.0.1", "223.255.255.255", "0.0.0.0"}) {
    Address address;
    ASSERT_TRUE(parse_ipv4(text, address));
    EXPECT_FALSE(address.is_for_many()) << text;
  }
}

TEST(Address, UnspecifiedIsRecognisedInEveryForm) {
  Address address;
  ASSERT_TRUE(parse_ipv4("0.0.0.0", address));
  EXPECT_TRUE(address.is_unspecified());
  ASSERT_TRUE(parse_ipv6("::", address));
  EXPECT_TRUE(address.is_unspecified());
  ASSERT_TRUE(parse_ipv6("::ffff:0.0.0.0", address));
  EXPECT_TRUE(address.is_unspecified());
  ASSERT_TRUE(parse_ipv6("::1", address));
  EXPECT_FALSE(address.is_unspecified());
}

}  // namespace
}  // namespace healthcheck

// Tests the resolver, on the host's libc, in a network namespace without an interface: no query can leave it.
#include <errno.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstdint>

#include "sys/clock.hpp"
#include "sys/resolver.hpp"

namespace sys {
namespace {

constexpr base::Duration minute{60'000'000'000};

class Resolver : public testing::Test {
 protected:
  // A user without privileges needs a new user namespace, too.
  void SetUp() override {
    ASSERT_TRUE(::unshare(CLONE_NEWNET) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0) << errno;
  }

  Addresses addresses_{};
};

TEST_F(Resolver, FindsIpv6Address) {
  ASSERT_EQ(resolve("::1", minute, addresses_), Resolution::Found);
  ASSERT_EQ(addresses_.count, 1U);
  std::array<std::uint8_t, 16> loopback{};
  loopback[15] = 1;
  EXPECT_EQ(addresses_.each[0], loopback);
}

TEST_F(Resolver, MapsIpv4AddressIntoIpv6) {
  ASSERT_EQ(resolve("127.0.0.9", minute, addresses_), Resolution::Found);
  ASSERT_EQ(addresses_.count, 1U);
  EXPECT_EQ(addresses_.each[0],
            (std::array<std::uint8_t, 16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 9}));
}

TEST_F(Resolver, EmptyLabelIsNoName) {
  EXPECT_EQ(resolve("a..b", minute, addresses_), Resolution::NoSuchName);
  EXPECT_EQ(addresses_.count, 0U);
}

TEST_F(Resolver, NoServerCanBeReached) {
  EXPECT_EQ(resolve("name.invalid", minute, addresses_), Resolution::NoServer);
}

TEST_F(Resolver, FailureAfterTheLimitIsATimeout) {
  EXPECT_EQ(resolve("name.invalid", base::Duration{0}, addresses_), Resolution::NoTime);
}

TEST(ResolverPoll, DoesNotWaitOutsideAResolution) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  pollfd wanted{ends[0], POLLIN, 0};
  EXPECT_EQ(::poll(&wanted, 1, 60'000), 0);
  ASSERT_EQ(::write(ends[1], "x", 1), 1);
  EXPECT_EQ(::poll(&wanted, 1, -1), 1);
  EXPECT_EQ(wanted.revents, POLLIN);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(ResolverClock, IsThatOfTheKernelOutsideAResolution) {
  const base::Instant before = now();
  timespec time{};
  ASSERT_EQ(::clock_gettime(CLOCK_MONOTONIC, &time), 0);
  const base::Instant read{std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec};
  EXPECT_GE(read, before);
  EXPECT_LE(read, now());
  EXPECT_EQ(::clock_gettime(-1, &time), -1);
}

}  // namespace
}  // namespace sys

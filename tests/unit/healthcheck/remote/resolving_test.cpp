// Probes of names that a resolver has to find, by scripted resolvers and services.
#include <errno.h>

#include "../probe/scripted.hpp"

namespace healthcheck {
namespace {

class ResolvingTest : public Scripted {};

TEST_F(ResolvingTest, AddressesOfANameAreTriedInTheirOrder) {
  fake::network.names["db"] = {.addresses = {"10.0.0.1", "10.0.0.2", "10.0.0.3"}};
  service("10.0.0.2:5432") = {};
  EXPECT_EQ(message_for("tcp://db:5432"), "healthy: tcp://db:5432: connected (0 ms)");
  EXPECT_EQ(fake::network.calls, (Calls{"resolve db", "connect 10.0.0.1:5432", "close",
                                        "connect 10.0.0.2:5432", "finish", "close"}));
}

TEST_F(ResolvingTest, FailureToResolveIsUnhealthy) {
  fake::network.names["db"] = {.resolution = sys::Resolution::NoSuchName};
  EXPECT_EQ(message_for("tcp://db:1"), "tcp://db:1: no such name");
  fake::network.names["db"] = {.resolution = sys::Resolution::NoServer};
  EXPECT_EQ(message_for("tcp://db:1"), "tcp://db:1: no name server answers");
}

TEST_F(ResolvingTest, ResolverIsUnderTheDeadline) {
  fake::network.names["db"] = {.addresses = {"10.0.0.1"}, .takes = seconds(9)};
  EXPECT_EQ(message_for("tcp://db:1"), "tcp://db:1: no answer within 3s (resolving)");
  EXPECT_EQ(clock.last(), base::Instant{} + seconds(3));
}

TEST_F(ResolvingTest, MessageCountsTheAddressesThatRefused) {
  fake::network.names["one"] = {.addresses = {"10.0.0.1"}};
  EXPECT_EQ(message_for("tcp://one:1"), "tcp://one:1: connection refused");
  fake::network.names["two"] = {.addresses = {"10.0.0.1", "10.0.0.2"}};
  EXPECT_EQ(message_for("tcp://two:1"), "tcp://two:1: connection refused (2 addresses)");
}

TEST_F(ResolvingTest, DeadlineEndsTheTries) {
  fake::network.names["db"] = {.addresses = {"10.0.0.1", "10.0.0.2"}};
  service("10.0.0.1:1").connect_errors = std::deque<int>(9, EINPROGRESS);
  fake::network.wait_error = ETIME;
  EXPECT_EQ(message_for("tcp://db:1"), "tcp://db:1: no answer within 3s (connecting) (2 addresses)");
  EXPECT_EQ(fake::network.calls, (Calls{"resolve db", "connect 10.0.0.1:1", "close"}));
}

TEST_F(ResolvingTest, UnixSocketNeedsNoResolver) {
  plan.unix_socket = "/run/app";
  service("/run/app").says = {{.text = ok}};
  EXPECT_EQ(message_for("http://app"), "healthy: http://app through /run/app: 200 OK (0 ms)");
}

TEST_F(ResolvingTest, AddressOfAnotherHostIsProbed) {
  fake::network.bind_errors["192.0.2.1"] = EADDRNOTAVAIL;
  service("192.0.2.1:80") = {};
  EXPECT_EQ(message_for("tcp://192.0.2.1:80"), "healthy: tcp://192.0.2.1:80: connected (0 ms)");
}

}  // namespace
}  // namespace healthcheck

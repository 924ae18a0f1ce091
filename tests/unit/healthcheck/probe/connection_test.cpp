#include "healthcheck/probe/connection.hpp"

#include <errno.h>

#include <algorithm>

#include "scripted.hpp"

namespace healthcheck {
namespace {

class ConnectionTest : public Scripted {
 protected:
  static constexpr base::Duration limit = seconds(3);

  int open(std::string_view request) {
    return connection.open(Address::loopback_ipv4(), 80, request).error().code;
  }
  int open_ipv6() { return connection.open(global, 80, "x").error().code; }
  static constexpr Address global{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

  Connection connection{clock, {base::Instant{} + limit, limit}};
};

TEST_F(ConnectionTest, RequestIsSent) {
  service(local) = {};
  EXPECT_EQ(open("PING"), 0);
  EXPECT_EQ(fake::network.sent, "PING");
}

TEST_F(ConnectionTest, RequestIsSentWhileConnecting) {
  service(local).connect_errors = {EINPROGRESS};
  service(local).send_errors = {EAGAIN};
  EXPECT_EQ(open("PING"), 0);
  EXPECT_EQ(fake::network.sent, "PING");
  EXPECT_EQ(fake::network.calls, Calls{"connect " + local});
}

TEST_F(ConnectionTest, WithoutRequestConnectionIsConfirmed) {
  service(local).connect_errors = {EINPROGRESS, EALREADY};
  EXPECT_EQ(open(""), 0);
  EXPECT_EQ(fake::network.calls.size(), 3U);
}

TEST_F(ConnectionTest, ConnectionToItselfIsRefused) {
  service(local).is_oneself = true;
  for (const char* request : {"", "PING"}) {
    EXPECT_EQ(open(request), 0);
    EXPECT_EQ(connection.check_peer().error().code, ECONNREFUSED);
  }
  service(local).is_oneself = false;
  EXPECT_TRUE(connection.check_peer());
}

TEST_F(ConnectionTest, AddressOfAnotherHostIsNeverConnectedTo) {
  service("[2001:db8::1]:80") = {};
  fake::network.bind_errors["[2001:db8::1]"] = EADDRNOTAVAIL;
  EXPECT_EQ(open_ipv6(), EADDRNOTAVAIL);
  EXPECT_EQ(fake::network.calls, Calls{});
  fake::network.bind_errors["[2001:db8::1]"] = EACCES;
  EXPECT_EQ(open_ipv6(), EACCES);
}

TEST_F(ConnectionTest, BindWithoutFreePortProvesAnAddressLocal) {
  service("[2001:db8::1]:80") = {};
  fake::network.bind_errors["[2001:db8::1]"] = EADDRINUSE;
  EXPECT_EQ(open_ipv6(), 0);
}

// A security module may refuse it.
TEST_F(ConnectionTest, LoopbackNeedsNoBind) {
  service(local) = service("[::1]:80") = {};
  fake::network.bind_errors["127.0.0.1"] = fake::network.bind_errors["[::1]"] = EPERM;
  EXPECT_EQ(open("x"), 0);
  EXPECT_EQ(connection.open(Address::loopback_ipv6(), 80, "x").error().code, 0);
}

TEST_F(ConnectionTest, DatagramIsSentEvenIfItIsEmpty) {
  service(local) = {};
  Connection datagrams{clock, {base::Instant{} + limit, limit}, sys::Transport::Datagram};
  EXPECT_TRUE(datagrams.open(Address::loopback_ipv4(), 80, ""));
  EXPECT_TRUE(datagrams.open(Address::loopback_ipv4(), 80, "ping"));
  EXPECT_EQ(fake::network.calls,
            (Calls{"connect " + local, "datagram ", "close", "connect " + local, "datagram ping"}));
}

TEST_F(ConnectionTest, BroadcastAddressIsNoAddressOfThisHost) {
  service(local).connect_errors = {ENETUNREACH};
  EXPECT_EQ(open("x"), EADDRNOTAVAIL);
}

TEST_F(ConnectionTest, ConnectWithoutFreePortSaysSo) {
  service(local).connect_errors = {EADDRNOTAVAIL};
  EXPECT_EQ(open("x"), EADDRINUSE);
}

TEST_F(ConnectionTest, HostWithoutTheFamilyHasNoSuchAddress) {
  fake::network.socket_error = EAFNOSUPPORT;
  EXPECT_EQ(open("x"), EADDRNOTAVAIL);
  fake::network.socket_error = EMFILE;
  EXPECT_EQ(open("x"), EMFILE);
}

TEST_F(ConnectionTest, FullBacklogIsTriedUntilTheDeadline) {
  service("/run/s").connect_errors = std::deque<int>(1000, EAGAIN);
  EXPECT_EQ(connection.open("/run/s", "").error().code, out_of_time.code);
  EXPECT_EQ(clock.last(), base::Instant{} + limit);
  EXPECT_EQ(std::ranges::count(fake::network.calls, "pause 10"), 300);
}

TEST_F(ConnectionTest, BacklogThatEmptiesIsConnectedTo) {
  service("/run/s").connect_errors = {EAGAIN, EAGAIN};
  EXPECT_TRUE(connection.open("/run/s", ""));
}

TEST_F(ConnectionTest, SecondAddressClosesTheFirst) {
  service(local) = {};
  EXPECT_EQ(open("x"), 0);
  EXPECT_EQ(open("x"), 0);
  EXPECT_EQ(fake::network.calls, (Calls{"connect " + local, "close", "connect " + local}));
}

TEST_F(ConnectionTest, DestructorCloses) {
  service(local) = {};
  {
    Connection other{clock, {base::Instant{} + limit, limit}};
    EXPECT_TRUE(other.open(Address::loopback_ipv4(), 80, "x"));
    EXPECT_TRUE(fake::network.is_open);
  }
  EXPECT_FALSE(fake::network.is_open);
}

TEST_F(ConnectionTest, ResetThatSendMetIsReportedByReceive) {
  std::array<char, 16> buffer;
  service(local).send_errors = {ECONNRESET};
  service(local).says = {{.text = "bye"}, {}};
  EXPECT_EQ(open("x"), 0);
  auto first = connection.receive(buffer, base::Instant{} + limit);
  ASSERT_TRUE(first);
  EXPECT_EQ((std::string_view{buffer.data(), *first}), "bye");
  EXPECT_EQ(connection.receive(buffer, base::Instant{} + limit).error().code, ECONNRESET);
}

TEST_F(ConnectionTest, ReceiveEndsAtItsDeadline) {
  std::array<char, 16> buffer;
  service(local).says = {{.after = seconds(2), .text = "late"}};
  EXPECT_EQ(open("x"), 0);
  EXPECT_EQ(connection.receive(buffer, base::Instant{} + seconds(1)).error().code, out_of_time.code);
  auto late = connection.receive(buffer, base::Instant{} + limit);
  ASSERT_TRUE(late);
  EXPECT_EQ((std::string_view{buffer.data(), *late}), "late");
  EXPECT_EQ(clock.last(), base::Instant{} + seconds(2));
}

TEST_F(ConnectionTest, ErrorsOfReadAndWaitArePassedOn) {
  std::array<char, 16> buffer;
  service(local).says = {{.error = EIO}};
  EXPECT_EQ(open("x"), 0);
  EXPECT_EQ(connection.receive(buffer, base::Instant{} + limit).error().code, EIO);
  fake::network.wait_error = ENOSYS;
  EXPECT_EQ(connection.receive(buffer, base::Instant{} + limit).error().code, ENOSYS);
}

class ClockTest : public Scripted {};

// The kernel continues a wait with the time that was left when the process was stopped.
TEST_F(ClockTest, StopIsNotAddedToTheDeadline) {
  EXPECT_EQ(clock.wait(sys::Readiness::Readable, sys::no_descriptor, base::Instant{} + milliseconds(1))
                .error()
                .code,
            ETIME);
  for (int stop : {0, 10, 300, 10'000}) {
    fake::network.stops = {milliseconds(stop)};
    const base::Instant start = fake::network.now;
    const base::Instant end = clock.now() + milliseconds(400);
    EXPECT_TRUE(clock.pause_until(end));
    EXPECT_GE(fake::network.now - start, milliseconds(400));
    EXPECT_LE(fake::network.now - start, milliseconds(std::max(stop, 400) + 50)) << stop;
  }
}

TEST_F(ClockTest, AnswerThatIsReadAfterTheDeadlineIsLate) {
  service(local).says = {{.after = milliseconds(10), .text = "x"}};
  Connection connection{clock, {base::Instant{} + seconds(1), seconds(1)}};
  ASSERT_TRUE(connection.open(Address::loopback_ipv4(), 80, "x"));
  std::array<char, 4> buffer;
  fake::network.stops = {{}, seconds(2)};
  EXPECT_EQ(connection.receive(buffer, base::Instant{} + seconds(1)).error().code, ETIME);
}

TEST_F(ClockTest, FirstMomentReadsNoClock) {
  fake::network.now = base::Instant{} + seconds(1000);
  service(local).says = {{.after = seconds(1), .text = "x"}};
  EXPECT_TRUE(clock.pause_until(base::Instant{} + seconds(1)));
  EXPECT_EQ(clock.last(), base::Instant{} + seconds(1));
  // Time that passes without a wait is seen at the next one.
  static_cast<void>(clock.now());
  fake::network.now = fake::network.now + seconds(5);
  EXPECT_TRUE(clock.pause_until(base::Instant{} + seconds(4)));
  EXPECT_EQ(clock.last(), base::Instant{} + seconds(6));
}

TEST_F(ClockTest, FailedClockIsReplacedByTheWaits) {
  fake::network.has_clock = false;
  for (std::int64_t n = 1; n < 5; ++n) EXPECT_TRUE(clock.pause_until(base::Instant{} + seconds(n)));
  EXPECT_EQ(clock.now(), base::Instant{} + seconds(4));
}

TEST_F(ClockTest, PauseThatCannotBeMadeFails) {
  fake::network.wait_error = EPERM;
  EXPECT_EQ(clock.pause_until(base::Instant{} + seconds(1)).error().code, EPERM);
}

}  // namespace
}  // namespace healthcheck

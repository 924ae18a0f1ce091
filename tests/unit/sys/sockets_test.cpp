// Sockets on the loopback interface, and waiting.
#include <errno.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <utility>

#include "sys/file.hpp"
#include "sys/socket.hpp"

namespace sys {
namespace {

constexpr std::array<std::uint8_t, 16> loopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1};

class SocketsTest : public testing::Test {
 protected:
  SocketsTest() {
    endpoint_.set_address(loopback, true);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(::bind(listener_, &endpoint_.any, endpoint_.size), 0);
    EXPECT_EQ(::listen(listener_, 5), 0);
    socklen_t size = endpoint_.size;
    EXPECT_EQ(::getsockname(listener_, &endpoint_.any, &size), 0);
  }
  ~SocketsTest() override { close(listener_); }

  Descriptor open(Transport transport = Transport::Stream) {
    auto socket = open_socket(endpoint_, transport);
    EXPECT_TRUE(socket);
    return *socket;
  }
  // Connects, and waits until the connection stands.
  Descriptor connected() {
    const Descriptor socket = open();
    if (Status begun = connect(socket, endpoint_); !begun) {
      EXPECT_EQ(begun.error().code, EINPROGRESS);
      EXPECT_TRUE(wait_until(Readiness::Writable, socket, base::seconds(60)));
      EXPECT_TRUE(connect(socket, endpoint_));
    }
    return socket;
  }

  Endpoint endpoint_;
  int listener_;
};

TEST_F(SocketsTest, BytesTravelBothWaysAndAFinIsTheEnd) {
  const Descriptor client = connected();
  const int server = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  std::array<char, 16> buffer{};
  EXPECT_EQ(read(client, buffer).error().code, EAGAIN);
  EXPECT_EQ(*send(client, "ping"), 4U);
  EXPECT_EQ(::read(server, buffer.data(), buffer.size()), 4);
  EXPECT_EQ(::write(server, "pong", 4), 4);
  EXPECT_TRUE(wait_until(Readiness::Readable, client, base::seconds(60)));
  EXPECT_EQ(*read(client, buffer), 4U);
  EXPECT_TRUE(finish_sending(client));
  EXPECT_EQ(::read(server, buffer.data(), buffer.size()), 0);
  EXPECT_FALSE(*is_connected_to_itself(client, endpoint_));
  ::close(server);
  close(client);
}

TEST_F(SocketsTest, PeerThatHasGoneSendsNoSignal) {
  const Descriptor client = connected();
  ::close(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
  EXPECT_TRUE(wait_until(Readiness::Readable, client, base::seconds(60)));
  // The first is answered by a reset; one of the next then fails.
  int code = 0;
  while (code == 0) code = send(client, "x").error().code;
  EXPECT_TRUE(code == EPIPE || code == ECONNRESET) << code;
  close(client);
}

TEST_F(SocketsTest, PortWithoutAListenerRefuses) {
  close(std::exchange(listener_, ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
  const Descriptor socket = open();
  Status begun = connect(socket, endpoint_);
  if (begun.error().code == EINPROGRESS) {
    EXPECT_TRUE(wait_until(Readiness::Writable, socket, base::seconds(60)));
    begun = connect(socket, endpoint_);
  }
  EXPECT_EQ(begun.error().code, ECONNREFUSED);
  close(socket);
}

TEST_F(SocketsTest, ForeignAddressCannotBeBoundTo) {
  const Descriptor socket = open();
  endpoint_.set_port(0);
  EXPECT_TRUE(bind(socket, endpoint_));
  Endpoint foreign;
  foreign.set_address({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1}, true);
  const Descriptor other = open();
  EXPECT_EQ(bind(other, foreign).error().code, EADDRNOTAVAIL);
  close(socket);
  close(other);
}

TEST_F(SocketsTest, DatagramSocketCanBeConnectedToItself) {
  const Descriptor socket = open(Transport::Datagram);
  endpoint_.set_port(0);
  ASSERT_TRUE(bind(socket, endpoint_));
  socklen_t size = endpoint_.size;
  ASSERT_EQ(::getsockname(socket, &endpoint_.any, &size), 0);
  ASSERT_TRUE(connect(socket, endpoint_));
  EXPECT_TRUE(*is_connected_to_itself(socket, endpoint_));
  close(socket);
}

TEST(Waiting, EndsAtTheTimeAndSaysHowMuchWasLeft) {
  EXPECT_EQ(wait_until(Readiness::Readable, no_descriptor, base::milliseconds(1)).error().code, ETIME);
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  auto left = wait_until(Readiness::Writable, ends[0], base::seconds(60));
  ASSERT_TRUE(left);
  EXPECT_GT(*left, base::Duration{});
  EXPECT_LE(*left, base::seconds(60));
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace sys

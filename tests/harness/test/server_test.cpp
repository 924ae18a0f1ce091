#include "harness/server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <string>

#include "harness/files.hpp"

namespace harness {
namespace {

using namespace std::chrono_literals;

Descriptor connected(int port) {
  Descriptor socket{checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")};
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  checked(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), "connect");
  return socket;
}

std::string read_all(const Descriptor& socket) {
  std::string text;
  take_available(socket.get(), text);
  return text;
}

TEST(Server, PlaysItsScript) {
  Server server{Listener::ipv4(), [](Connection& probe) {
                  EXPECT_EQ(probe.read_until("\n"), "hello\n");
                  EXPECT_EQ(probe.read_exactly(2), "ab");
                  probe.write("12");
                  probe.drip("34", 1ms);
                }};
  const Descriptor socket = connected(server.port());
  ASSERT_EQ(::write(socket.get(), "hello\nab", 8), 8);
  EXPECT_EQ(read_all(socket), "1234");
  server.wait_for_ended(1);
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(server.received(), "hello\nab");
}

TEST(Server, TellsFinFromReset) {
  std::atomic<int> resets{0};
  Server server{Listener::ipv4(),
                [&](Connection& probe) { resets += probe.read_to_end() == End::reset ? 1 : 0; }};
  {
    const Descriptor polite = connected(server.port());
  }
  server.wait_for_ended(1);
  EXPECT_EQ(resets, 0);
  {
    const Descriptor rude = connected(server.port());
    const linger none{1, 0};
    checked(::setsockopt(rude.get(), SOL_SOCKET, SO_LINGER, &none, sizeof none), "SO_LINGER");
  }
  server.wait_for_ended(2);
  EXPECT_EQ(resets, 1);
}

TEST(Server, EndsWhileConnectionIsHeld) {
  Descriptor socket;
  {
    const Server server{Listener::ipv4(), [](Connection& probe) { probe.hold(); }};
    socket = connected(server.port());
    eventually("accepted", [&] { return server.connections() == 1; });
  }
  EXPECT_EQ(read_all(socket), "");
}

TEST(Server, ListensOnIpv6AndOnUnixSockets) {
  EXPECT_TRUE(Listener::ipv6().address().starts_with("[::1]:"));
  const TemporaryDirectory directory;
  const std::string path = directory / "socket";
  EXPECT_EQ(Listener::unix_socket(path).address(), path);
}

TEST(Server, NoProcessListensOnClosedPort) { EXPECT_THROW(connected(closed_port()), std::system_error); }

}  // namespace
}  // namespace harness

// Tests that the probe reaches only this network namespace: nothing leaves it, not even a first packet.
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <net/if.h>
#include <net/route.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "harness/files.hpp"
#include "probing.hpp"

namespace healthcheck_test {
namespace {

// A process in its own network namespace, in which every packet that is not local leaves through one
// interface, so that it can be seen there.
class Enclosure {
 public:
  Enclosure() {
    uid_t user = ::geteuid();
    if (::unshare(CLONE_NEWNET) != 0 && (user == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)) return;
    int control = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq loopback{};
    std::strcpy(loopback.ifr_name, "lo");
    loopback.ifr_flags = IFF_UP;
    rtentry route{};
    auto any = sockaddr_in{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {}, .sin_zero = {}};
    std::memcpy(&route.rt_dst, &any, sizeof any);
    std::memcpy(&route.rt_genmask, &any, sizeof any);
    route.rt_flags = RTF_UP;
    route.rt_dev = loopback.ifr_name;
    if (::ioctl(control, SIOCSIFFLAGS, &loopback) != 0 || ::ioctl(control, SIOCADDRT, &route) != 0) return;
    capture_ = ::socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, htons(ETH_P_ALL));
  }

  bool works() const { return capture_ >= 0; }

  int packets() const {
    int count = 0;
    char packet[2048];
    while (::recv(capture_, packet, sizeof packet, 0) > 0) ++count;
    return count;
  }

 private:
  int capture_ = -1;
};

constexpr const char* foreign[] = {"192.0.2.1", "169.254.169.254", "8.8.8.8",        "10.1.2.3",
                                   "224.0.0.1", "255.255.255.255", "127.255.255.255"};

// It returns the number of the check that failed.
int check_enclosed() {
  Enclosure enclosure;
  if (!enclosure.works()) return 1;
  // Control: an ordinary connection is seen.
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(80);
  ::inet_pton(AF_INET, foreign[0], &address.sin_addr);
  int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  static_cast<void>(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address));
  if (enclosure.packets() == 0) return 2;
  ::close(socket);
  static_cast<void>(enclosure.packets());
  int check = 3;
  for (const char* host : foreign)
    for (const char* scheme : {"http://", "tcp://", "grpc://", "udp://"}) {
      Outcome outcome = probe({"-t", "1m", scheme + std::string{host} + ":80"});
      if (outcome.status != 1 || outcome.err.empty() || outcome.elapsed > 200ms + slack()) return check;
      if (enclosure.packets() != 0) return check;
      ++check;
    }
  return 0;
}

TEST(LocalOnly, NothingLeavesTheNamespace) {
  pid_t child = ::fork();
  if (child == 0) ::_exit(check_enclosed());
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0)
      << "1: no namespace, 2: the control was not seen, n: case n - 3 of the table";
}

// If there are hardly any ports to choose from, the kernel gives the socket the port that is probed.
int check_few_ports() {
  Enclosure enclosure;
  if (!enclosure.works()) return 1;
  harness::write_file("/proc/sys/net/ipv4/ip_local_port_range", "40000 40001");
  for (int i = 0; i < 8; ++i)
    for (const char* port : {"40000", "40001"})
      for (const Words& words :
           {Words{"tcp://127.0.0.1:"}, Words{"--send=x", "tcp://127.0.0.1:"},
            Words{"--send=x", "--expect=x", "tcp://127.0.0.1:"}, Words{"udp://127.0.0.1:"},
            Words{"--send=x", "--expect=x", "udp://127.0.0.1:"}, Words{"http://127.0.0.1:"},
            Words{"grpc://127.0.0.1:"}}) {
        Words arguments = words;
        arguments.back() += port;
        Outcome outcome = probe(arguments);
        if (outcome.status != 1 || outcome.err.find("connection refused") == std::string::npos) return 2;
      }
  return 0;
}

TEST(LocalOnly, ConnectionToItselfIsUnhealthy) {
  pid_t child = ::fork();
  if (child == 0) ::_exit(check_few_ports());
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0) << "1: no namespace, 2: healthy by itself";
}

TEST(LocalOnly, MessageGivesTheReason) {
  for (const char* target :
       {"http://192.0.2.1/", "http://169.254.169.254/latest/meta-data/", "tcp://[2001:db8::1]:80"})
    expect_unhealthy(probe({target}), "not an address of this host: only local services are probed");
  for (const char* target : {"tcp://224.0.0.1:80", "tcp://255.255.255.255:80", "tcp://[ff02::1]:80"})
    expect_unhealthy(probe({target}), "multicast or broadcast address");
}

TEST(LocalOnly, NoVariableLiftsTheLimit) {
  expect_unhealthy(probe({"http://192.0.2.1/"},
                         {"DISTROLESS_HEALTHCHECK_REMOTE=1", "DISTROLESS_HEALTHCHECK_LOCAL_ONLY=0"}),
                   "only local");
}

}  // namespace
}  // namespace healthcheck_test

#include "scene.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "harness/proc.hpp"
#include "harness/programs.hpp"

namespace fault_test {

using harness::Descriptor;
using harness::Listener;
using harness::Server;

namespace {

// Returns a socket that is bound to the port, or to any port if it is 0, and does not listen. Returns none if
// the port is taken.
Descriptor bind_only(int& port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  Descriptor socket{harness::checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")};
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket.get(), any, size) != 0) return {};
  harness::checked(::getsockname(socket.get(), any, &size), "getsockname");
  port = ntohs(address.sin_port);
  return socket;
}

}  // namespace

Server& Scene::serve(Listener listener, Server::Script script) {
  servers.push_back(std::make_unique<Server>(std::move(listener), std::move(script)));
  return *servers.back();
}

std::string Scene::refusing_address() {
  int port = 0;
  held.push_back(bind_only(port));
  return "127.0.0.1:" + std::to_string(port);
}

Listener Scene::only_ipv6() {
  for (;;) {
    Listener listener = Listener::ipv6();
    int port = listener.port();
    Descriptor other = bind_only(port);
    if (!other.open()) continue;
    held.push_back(std::move(other));
    return listener;
  }
}

std::string Scene::full_socket() {
  const Listener listener = Listener::unix_socket(path("s"));
  harness::checked(::listen(listener.descriptor(), 0), "listen");
  held.emplace_back(harness::checked(::fcntl(listener.descriptor(), F_DUPFD_CLOEXEC, 0), "fcntl"));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path("s").copy(address.sun_path, sizeof address.sun_path - 1);
  Descriptor first{harness::checked(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")};
  harness::checked(::connect(first.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), "connect");
  held.push_back(std::move(first));
  return path("s");
}

pid_t Scene::zombie() {
  const pid_t pid = processes.emplace_back(std::vector<std::string>{harness::testprog(), "exit", "0"}).pid();
  harness::eventually("it is a zombie", [pid] { return harness::state_of(pid) == 'Z'; });
  return pid;
}

}  // namespace fault_test

#include "endpoint.hpp"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "harness/answers/grpc_answers.hpp"

namespace bench {
namespace {

bool send_all(int connection, const char* text, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = send(connection, text, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    text += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

void answer_http(int connection) {
  static const std::string filler(64 * 1024, 'x');
  std::array<char, 4096> buffer{};
  std::string request;
  while (!request.contains("\r\n\r\n")) {
    const ssize_t size = recv(connection, buffer.data(), buffer.size(), 0);
    if (size <= 0) return;
    request.append(buffer.data(), static_cast<std::size_t>(size));
  }
  const std::size_t slash = request.find('/');
  auto left = static_cast<std::size_t>(atol(request.c_str() + slash + 1));
  const std::string head =
      "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(left) + "\r\nConnection: close\r\n\r\n";
  // One call, like the servers that people probe: a short answer arrives as a whole.
  const std::size_t first = std::min(left, filler.size());
  const std::string beginning = head + filler.substr(0, first);
  if (!send_all(connection, beginning.data(), beginning.size())) return;
  for (left -= first; left > 0;) {
    const std::size_t now = std::min(left, filler.size());
    if (!send_all(connection, filler.data(), now)) return;
    left -= now;
  }
}

void answer_grpc(int connection) {
  using namespace grpc_answers;
  static const std::string serving = settings + headers + data(1) + good_end;
  std::array<char, 4096> buffer{};
  if (recv(connection, buffer.data(), buffer.size(), 0) <= 0) return;
  if (!send_all(connection, serving.data(), serving.size())) return;
  while (recv(connection, buffer.data(), buffer.size(), 0) > 0) {
  }
}

}  // namespace

Endpoint::Endpoint() : unix_{harness::Listener::unix_socket(directory_ / "endpoint")}, pid_{fork()} {
  harness::checked(pid_, "fork");
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    serve();
  }
}

Endpoint::~Endpoint() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void Endpoint::serve() const {
  std::array<pollfd, 4> listeners{};
  const harness::Listener* const all[] = {&ipv4_, &ipv6_, &unix_, &grpc_};
  for (std::size_t which = 0; which < listeners.size(); ++which) {
    listeners[which] = {all[which]->descriptor(), POLLIN, 0};
  }
  for (;;) {
    if (poll(listeners.data(), listeners.size(), -1) < 0) _exit(1);
    for (const pollfd& listener : listeners) {
      if (listener.revents == 0) continue;
      const int connection = accept4(listener.fd, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) continue;
      listener.fd == grpc_.descriptor() ? answer_grpc(connection) : answer_http(connection);
      close(connection);
    }
  }
}

}  // namespace bench

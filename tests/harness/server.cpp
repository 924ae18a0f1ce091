#include "harness/server.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace harness {
namespace {

// Thrown to leave a script.
struct Over {};

Descriptor listening_socket(const sockaddr* address, socklen_t size) {
  Descriptor socket{checked(::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")};
  checked(::bind(socket.get(), address, size), "bind");
  checked(::listen(socket.get(), 64), "listen");
  return socket;
}

}  // namespace

Listener::Listener(Descriptor socket, int port, std::string address)
    : socket_{std::move(socket)}, port_{port}, address_{std::move(address)} {}

Listener Listener::ipv4() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  Descriptor socket = listening_socket(reinterpret_cast<const sockaddr*>(&address), size);
  checked(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
  const int port = ntohs(address.sin_port);
  return {std::move(socket), port, "127.0.0.1:" + std::to_string(port)};
}

Listener Listener::ipv6() {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_loopback;
  socklen_t size = sizeof address;
  Descriptor socket = listening_socket(reinterpret_cast<const sockaddr*>(&address), size);
  checked(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
  const int port = ntohs(address.sin6_port);
  return {std::move(socket), port, "[::1]:" + std::to_string(port)};
}

Listener Listener::unix_socket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) throw std::runtime_error("path too long: " + path);
  std::memcpy(address.sun_path, path.c_str(), path.size());
  return {listening_socket(reinterpret_cast<const sockaddr*>(&address), sizeof address), 0, path};
}

int closed_port() { return Listener::ipv4().port(); }

Connection::Connection(Descriptor socket, int stop) : socket_{std::move(socket)}, stop_{stop} {
  make_nonblocking(socket_.get());
}

bool Connection::wait(short events, int timeout) {
  pollfd watched[] = {{stop_, POLLIN, 0}, {socket_.get(), events, 0}};
  const int ready = ::poll(watched, 2, timeout);
  if (ready < 0 && errno != EINTR) checked(ready, "poll");
  if ((watched[0].revents & POLLIN) != 0) throw Over{};
  return ready > 0;
}

bool Connection::read_some() {
  wait(POLLIN, -1);
  return take_available(socket_.get(), received_);
}

std::string Connection::read_until(std::string_view text) {
  std::size_t end;
  while ((end = received_.find(text, handed_out_)) == std::string::npos) {
    if (!read_some()) throw Over{};
  }
  end += text.size();
  std::string result = received_.substr(handed_out_, end - handed_out_);
  handed_out_ = end;
  return result;
}

std::string Connection::read_exactly(std::size_t size) {
  while (received_.size() - handed_out_ < size) {
    if (!read_some()) throw Over{};
  }
  handed_out_ += size;
  return received_.substr(handed_out_ - size, size);
}

End Connection::read_to_end() {
  try {
    while (read_some()) {
    }
    return End::closed;
  } catch (const std::system_error& error) {
    if (error.code().value() == ECONNRESET) return End::reset;
    throw;
  }
}

void Connection::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) {
      wait(POLLOUT, -1);
      continue;
    }
    if (size < 0) throw Over{};
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

void Connection::drip(std::string_view text, std::chrono::milliseconds pause) {
  for (std::size_t index = 0; index < text.size(); ++index) {
    write(text.substr(index, 1));
    // Wait for no event of the socket: only the server's end cuts the pause short.
    pollfd watched{stop_, POLLIN, 0};
    if (::poll(&watched, 1, static_cast<int>(pause.count())) > 0) throw Over{};
  }
}

void Connection::finish() { ::shutdown(socket_.get(), SHUT_WR); }

void Connection::reset() {
  const linger none{1, 0};
  checked(::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &none, sizeof none), "SO_LINGER");
  socket_.close();
}

void Connection::hold() { read_to_end(); }

Server::Server(Listener listener, Script script)
    : listener_{std::move(listener)},
      script_{std::move(script)},
      stop_{checked(::eventfd(0, EFD_CLOEXEC), "eventfd")},
      acceptor_{[this] { accept_all(); }} {}

Server::~Server() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t size = ::write(stop_.get(), &one, sizeof one);
  acceptor_.join();
  for (std::thread& worker : workers_) worker.join();
}

std::string Server::url(std::string_view path) const { return "http://" + address() + std::string{path}; }

void Server::accept_all() {
  for (;;) {
    pollfd watched[] = {{stop_.get(), POLLIN, 0}, {listener_.descriptor(), POLLIN, 0}};
    if (::poll(watched, 2, -1) < 0 && errno != EINTR) return;
    if ((watched[0].revents & POLLIN) != 0) return;
    if ((watched[1].revents & POLLIN) == 0) continue;
    const int socket = ::accept4(listener_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    ++connections_;
    workers_.emplace_back([this, socket] { serve(Descriptor{socket}); });
  }
}

void Server::serve(Descriptor socket) {
  std::string received;
  {
    Connection connection{std::move(socket), stop_.get()};
    try {
      script_(connection);
    } catch (const Over&) {
    } catch (const std::system_error&) {
      // The probe has reset the connection.
    }
    received = connection.received();
  }
  const std::lock_guard lock{mutex_};
  received_ += received;
  ++ended_;
}

std::string Server::received() {
  const std::lock_guard lock{mutex_};
  return received_;
}

void Server::wait_for_ended(int count, std::chrono::milliseconds limit) {
  eventually(
      "connections have ended",
      [&] {
        const std::lock_guard lock{mutex_};
        return ended_ >= count;
      },
      limit);
}

}  // namespace harness

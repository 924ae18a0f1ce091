#include "client.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace programs {

using harness::checked;

Client::Client(const std::string& path)
    : socket_{checked(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")} {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) throw std::runtime_error("path too long: " + path);
  std::memcpy(address.sun_path, path.c_str(), path.size());
  checked(::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
          "connect to " + path);
  harness::make_nonblocking(socket_.get());
}

void Client::send(std::string_view text) {
  const ssize_t size = ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL);
  if (size != static_cast<ssize_t>(text.size())) checked(-1, "send");
}

void Client::ask_for(std::string_view target) { send("GET " + std::string{target} + " HTTP/1.0\r\n\r\n"); }

std::string Client::read_to_end(std::chrono::milliseconds limit) {
  const harness::Deadline deadline{limit};
  std::string text;
  try {
    while (harness::take_available(socket_.get(), text)) {
      if (deadline.passed()) throw std::runtime_error("no end of the answer: " + text);
      pollfd watched{socket_.get(), POLLIN, 0};
      if (::poll(&watched, 1, deadline.poll_timeout()) < 0 && errno != EINTR) checked(-1, "poll");
    }
  } catch (const std::system_error& error) {
    // A server that is killed may not have read everything: that is an end, too.
    if (error.code().value() != ECONNRESET) throw;
  }
  return text;
}

std::string Client::body() {
  const std::string answer = read_to_end();
  const std::size_t end = answer.find("\r\n\r\n");
  return end == std::string::npos ? "" : answer.substr(end + 4);
}

bool listens(const std::string& path) {
  try {
    const Client client{path};
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

std::string get(const std::string& path, std::string_view target) {
  try {
    Client client{path};
    client.ask_for(target);
    return client.body();
  } catch (const std::system_error&) {
    return "";
  }
}

}  // namespace programs

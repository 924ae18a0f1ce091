#include "healthcheck/probe/connection.hpp"

#include <errno.h>

#include <utility>

#include "sys/message.hpp"

namespace healthcheck {

using base::MessageBuilder;
using sys::Readiness;

const Code no_time = ETIME;

constinit sys::Descriptor Connection::socket_ = sys::no_descriptor;

void add_code(MessageBuilder& line, Code code, const Deadline& deadline, std::string_view doing) {
  switch (code) {
    case ECONNREFUSED:
      line.add("connection refused");
      return;
    case ECONNRESET:
      line.add("connection reset");
      return;
    case EADDRNOTAVAIL:
      line.add("not an address of this host");
      return;
    case EADDRINUSE:
      line.add("no port is free");
      return;
    case ETIME:
      line.add("no answer within ").add(deadline.limit()).add(" (").add(doing).add(")");
      return;
    default:
      sys::add_error_text(line.add(doing).add(": "), code);
  }
}

Code Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    auto sent = sys::send(socket_, bytes);
    if (sent) {
      bytes.remove_prefix(*sent);
      continue;
    }
    // What a server said before it broke off can still be read.
    Code code = sent.error().code;
    if (code == ECONNRESET) is_reset_ = true;
    if (code == EPIPE || code == ECONNRESET) return 0;
    if (code != EAGAIN) return code;
    if (Code failed = deadline_.wait(Readiness::Writable, socket_)) return failed;
  }
  return 0;
}

Code Connection::connect_and_send(std::string_view request) {
  for (;;) {
    Code code = sys::connect(socket_, endpoint_).error().code;
    if (code == EAGAIN) {
      // The backlog of a Unix socket is full, and nothing tells when it is not.
      base::Duration pause = base::milliseconds(10);
      deadline_.spend(pause);
      sys::wait_until(Readiness::Readable, sys::no_descriptor, pause);
      code = EALREADY;
    }
    // A first send() finds out by itself whether the connection stands.
    if (!request.empty() && code == EINPROGRESS) code = 0;
    if (code == 0 && request.empty()) return sys::check_connected_to_another(socket_, endpoint_).error().code;
    if (code == 0) return send(request);
    // What bind() accepted is an address; so it is the ports that are used up.
    if (code == EADDRNOTAVAIL) return EADDRINUSE;
    if (code != EINPROGRESS && code != EALREADY) return code;
    if (Code failed = deadline_.wait(Readiness::Writable, socket_)) return failed;
  }
}

void Connection::close_last() {
  if (socket_ != sys::no_descriptor) sys::close(std::exchange(socket_, sys::no_descriptor));
}

Code Connection::open_socket() {
  close_last();
  is_reset_ = false;
  auto socket = sys::open_stream_socket(endpoint_);
  if (socket) socket_ = *socket;
  // Without IPv6 there is no IPv6 address.
  return socket.error().code == EAFNOSUPPORT ? EADDRNOTAVAIL : socket.error().code;
}

// The local-only rule: the kernel binds a socket to addresses of its own network namespace alone, so the very
// socket that will connect is bound to the address that it will connect to. Nothing is sent for that; and
// where an administrator allows foreign addresses (ip_nonlocal_bind), no answer could find its way back.
Code Connection::open_at(const Address& address, std::uint16_t port, std::string_view request) {
  endpoint_.set_address(address.bytes, address.is_ipv4());
  endpoint_.set_port(0);
  if (Code failed = open_socket(); failed != 0) return failed;
  Code code = reaches_other_hosts ? 0 : sys::bind(socket_, endpoint_).error().code;
  // Local it is, then; and connect() finds a port that is free for this one connection.
  if (code != 0 && code != EADDRINUSE) return code;
  endpoint_.set_port(port);
  return connect_and_send(request);
}

Code Connection::open_path(std::string_view path, std::string_view request) {
  endpoint_.set_path(path);
  Code code = open_socket();
  return code != 0 ? code : connect_and_send(request);
}

bool Connection::open(const Target& target, std::string_view path, std::string_view request,
                      MessageBuilder& line) {
  if constexpr (reaches_other_hosts)
    if (path.empty() && target.host == Host::Name) return open_name(target, request, line);
  Code code = path.empty() ? open_at(target.address, target.port, request) : open_path(path, request);
  Code second = code;
  bool has_second = path.empty() && target.host == Host::Localhost && code != no_time;
  if (code != 0 && has_second) second = open_at(Address::loopback_ipv6(), target.port, request);
  if (second == 0) return true;
  add_code(line, code, deadline_, "connecting");
  if (has_second) {
    line.add(" (127.0.0.1");
    if (second != code) add_code(line.add("), "), second, deadline_, "connecting");
    line.add(second != code ? " (::1)" : ", ::1)");
  } else if (!reaches_other_hosts && code == EADDRNOTAVAIL) {
    line.add(": only local services are probed");
  }
  return false;
}

Code Connection::receive(std::span<char> buffer, Deadline& deadline, std::string_view& bytes) const {
  for (;;) {
    if (Code failed = deadline.wait(Readiness::Readable, socket_)) return failed;
    auto received = sys::read(socket_, buffer);
    bytes = {buffer.data(), *received};
    // Whoever meets the reset first is told of it, and that was send().
    if (received && bytes.empty() && is_reset_) return ECONNRESET;
    if (received) return 0;
    if (received.error().code != EAGAIN) return received.error().code;
  }
}

}  // namespace healthcheck

#include "healthcheck/probe/connection.hpp"

#include <errno.h>

#include <algorithm>
#include <utility>

#include "healthcheck/target/reach.hpp"

namespace healthcheck {

using base::Error;
using base::Status;
using sys::Readiness;

namespace {

bool is_loopback(const Address& address) {
  return address.is_ipv4_loopback() || address.bytes == Address::loopback_ipv6().bytes;
}

}  // namespace

void Connection::close() {
  if (socket_ != sys::no_descriptor) sys::close(std::exchange(socket_, sys::no_descriptor));
}

Status Connection::open_socket() {
  close();
  is_reset_ = false;
  auto socket = sys::open_socket(endpoint_, transport_);
  // On a host without IPv6, no IPv6 address is one of its own.
  if (socket.error().code == EAFNOSUPPORT) return Error{EADDRNOTAVAIL};
  socket_ = TRY(socket);
  return base::ok;
}

// The local-only rule: the kernel binds a socket to addresses of its own network namespace alone, so the very
// socket that will connect is bound to the address that it will connect to. This sends nothing. If an
// administrator allows foreign addresses (ip_nonlocal_bind), no answer could find its way back. Loopback
// addresses are local by definition, and a security module may refuse to bind to them.
Status Connection::open(const Address& address, std::uint16_t port, std::string_view request) {
  endpoint_.set_address(address.bytes, address.is_ipv4());
  endpoint_.set_port(0);
  is_surely_local_ = address.bytes != Address::loopback_ipv6().bytes;
  TRY(open_socket());
  if (!reaches_other_hosts && !is_loopback(address)) {
    Status bound = sys::bind(socket_, endpoint_);
    // EADDRINUSE: the address is local, and connect() finds a port that is free for this one connection.
    if (!bound && bound.error().code != EADDRINUSE) return bound;
  }
  endpoint_.set_port(port);
  return connect_and_send(request);
}

Status Connection::open(std::string_view socket_path, std::string_view request) {
  endpoint_.set_path(socket_path);
  TRY(open_socket());
  return connect_and_send(request);
}

Status Connection::connect_and_send(std::string_view request) {
  for (;;) {
    Status connected = sys::connect(socket_, endpoint_);
    int code = connected.error().code;
    if (connected && request.empty() && !is_datagram()) return connected;
    // The first send() finds out by itself whether the connection is established.
    if (connected || (code == EINPROGRESS && !request.empty())) return send(request);
    if (code == EAGAIN) {
      TRY(wait_for_backlog());
      continue;
    }
    // There is no route to a broadcast address, even to one that bind() accepts.
    if (!reaches_other_hosts && code == ENETUNREACH) return Error{EADDRNOTAVAIL};
    // If the address is local, all ports are in use. ::1 exists only if the namespace has IPv6.
    if (code == EADDRNOTAVAIL && is_surely_local_) return Error{EADDRINUSE};
    if (code != EINPROGRESS && code != EALREADY) return connected;
    TRY(clock_.wait(Readiness::Writable, socket_, deadline_.end));
  }
}

// The backlog of a Unix socket is full, and no event tells when it has room again.
Status Connection::wait_for_backlog() {
  TRY(clock_.pause_until(std::min(clock_.last() + base::milliseconds(10), deadline_.end)));
  if (clock_.last() >= deadline_.end) return out_of_time;
  return base::ok;
}

Status Connection::send(std::string_view bytes) {
  for (;;) {
    auto sent = sys::send(socket_, bytes);
    if (sent) {
      bytes.remove_prefix(*sent);
      if (bytes.empty()) return base::ok;
      continue;
    }
    int code = sent.error().code;
    if (code == ECONNRESET) is_reset_ = true;
    // A server that has gone may have answered before; it has not seen a datagram that was not sent.
    if (!is_datagram() && (code == EPIPE || code == ECONNRESET)) return base::ok;
    if (code != EAGAIN) return sent.error();
    TRY(clock_.wait(Readiness::Writable, socket_, deadline_.end));
  }
}

void Connection::finish_sending() { static_cast<void>(sys::finish_sending(socket_)); }

Status Connection::check_peer() const {
  if (TRY(sys::is_connected_to_itself(socket_, endpoint_))) return Error{ECONNREFUSED};
  return base::ok;
}

base::Result<std::size_t> Connection::receive(std::span<char> buffer, base::Instant end) {
  for (;;) {
    Status waited = clock_.wait(Readiness::Readable, socket_, end);
    if (!waited && !is_datagram()) return waited.error();
    // If the kernel has woken this process too late, the port may have refused the datagram in time.
    auto size = sys::read(socket_, buffer);
    if (!size && size.error().code != EAGAIN) return size.error();
    if (!waited) return waited.error();
    if (!size) continue;
    if (*size == 0 && is_reset_) return Error{ECONNRESET};
    return size;
  }
}

}  // namespace healthcheck

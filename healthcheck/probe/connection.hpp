// A connection to a service of this network namespace.
#pragma once

#include <span>
#include <string_view>

#include "base/deadline.hpp"
#include "healthcheck/probe/clock.hpp"
#include "healthcheck/target/address.hpp"

namespace healthcheck {

// Owns its socket, and closes it on destruction. A connection must be gone before a message is written: if
// standard error was closed at the start, the socket may have its number.
class Connection {
 public:
  Connection(Clock& clock, base::Deadline deadline, sys::Transport transport = sys::Transport::Stream)
      : clock_(clock), deadline_(deadline), transport_(transport) {}
  Connection(const Connection&) = delete;
  ~Connection() { close(); }

  // Connects and sends the request (a datagram even if it is empty), both before the deadline. Closes the
  // connection to any address that was tried before. EADDRNOTAVAIL: the address is not of this host.
  // EADDRINUSE: all ports are in use.
  base::Status open(const Address& address, std::uint16_t port, std::string_view request);
  base::Status open(std::string_view socket_path, std::string_view request);
  // Sends the whole text. Succeeds if the service closes the connection meanwhile, because its earlier bytes
  // can still be read.
  base::Status send(std::string_view bytes);
  bool is_datagram() const { return transport_ == sys::Transport::Datagram; }
  // Tells the service that nothing more will come. Its bytes can still be read.
  void finish_sending();
  // ECONNREFUSED: nobody listens, and the kernel has connected the socket to itself.
  base::Status check_peer() const;
  // Waits for bytes and reads them into the buffer. None are the end of the connection, or an empty
  // datagram. A refused datagram is reported even at the end of the time.
  base::Result<std::size_t> receive(std::span<char> buffer, base::Instant end);

 private:
  void close();
  base::Status open_socket();
  base::Status connect_and_send(std::string_view request);
  base::Status wait_for_backlog();

  Clock& clock_;
  base::Deadline deadline_;
  sys::Transport transport_;
  sys::Descriptor socket_ = sys::no_descriptor;
  bool is_surely_local_ = true;
  // The kernel reports a reset once. If send() got the report, receive() passes it on.
  bool is_reset_ = false;
  sys::Endpoint endpoint_;
};

}  // namespace healthcheck

// Probes one target: makes the system calls, and passes bytes between a service and its reader.
#pragma once

#include <array>

#include "base/arena.hpp"
#include "base/deadline.hpp"
#include "healthcheck/probe/confinement.hpp"
#include "healthcheck/probe/connection.hpp"
#include "healthcheck/probe/exchange.hpp"

namespace healthcheck {

class Prober {
 public:
  // `needed` has what the targets of all probes need, for their confinement.
  Prober(const Plan& plan, base::Arena& arena, Schemes needed)
      : plan_(plan), arena_(arena), confinement_(needed) {}

  Clock& clock() { return clock_; }
  // Everything that it does ends at the deadline. The message then names the target, and describes the
  // verdict. No descriptor is open afterwards.
  [[gnu::noinline]] Health probe(const Target& target, base::Deadline deadline);
  // "tcp://localhost:5432: connection refused (127.0.0.1, ::1)"
  std::string_view message() const { return message_.text(); }

 private:
  Health probe_service(const Target& target);
  // These connect and send the request. If that fails, the message says why.
  bool open(Connection& connection, const Target& target, std::string_view request);
  bool open_one(Connection& connection, const Target& target, std::string_view socket_path,
                std::string_view request);
  [[gnu::noinline]] bool open_each(Connection& connection, const Target& target, std::string_view request);
  // Only healthcheck-remote has this, which asks the resolver.
  bool open_name(Connection& connection, const Target& target, std::string_view request);
  // Only healthcheck-tls has these. The first gives a secure exchange its random bytes and the time; if that
  // fails, the message says why. The second closes the connection in the order that TLS demands.
  bool prepare(Exchange& exchange, base::MessageBuilder& message);
  void say_farewell(Connection& connection, Exchange& exchange);
  // Reads and answers until the verdict is known.
  bool converse(Connection& connection, Exchange& exchange);
  bool is_refused(Connection& connection);
  void drain(Connection& connection, Exchange& exchange, base::Duration time);
  // Adds "no answer within 3s (waiting for headers)", "connection reset", or another text for the error.
  void add_error(base::Error error, const char* activity);

  const Plan& plan_;
  base::Arena& arena_;
  Clock clock_;
  Confinement confinement_;
  base::Deadline deadline_{};
  base::MessageBuilder message_;
  std::array<char, 512> received_;  // not initialized; small, because each page of stack counts
};

}  // namespace healthcheck

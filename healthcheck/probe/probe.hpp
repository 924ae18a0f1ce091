// Probes one target: makes the system calls, and passes bytes between a service and its reader.
#pragma once

#include <array>

#include "base/arena.hpp"
#include "base/deadline.hpp"
#include "healthcheck/probe/connection.hpp"
#include "healthcheck/probe/exchange.hpp"

namespace healthcheck {

// Serves one attempt. Everything that it does ends at that attempt's deadline.
class Prober {
 public:
  Prober(const Plan& plan, base::Arena& arena, Clock& clock, base::Deadline deadline)
      : plan_(plan), arena_(arena), clock_(clock), deadline_(deadline) {}

  // The verdict's message names the target. No descriptor is open afterwards.
  [[gnu::noinline]] Verdict probe(const Target& target);

 private:
  Health probe_service(const Target& target, base::MessageBuilder& message);
  // These connect and send the request. If that fails, the message says why.
  bool open(Connection& connection, const Target& target, std::string_view request,
            base::MessageBuilder& message);
  [[gnu::noinline]] bool open_localhost(Connection& connection, std::uint16_t port, std::string_view request,
                                        base::MessageBuilder& message);
  // healthcheck finds the addresses in /etc/hosts; healthcheck-remote asks the resolver.
  [[gnu::noinline]] bool open_name(Connection& connection, const Target& target, std::string_view request,
                                   base::MessageBuilder& message);
  // Only healthcheck-tls has these. The first gives a secure exchange its random bytes and the time; if that
  // fails, the message says why. The second closes the connection in the order that TLS demands.
  bool prepare(Exchange& exchange, base::MessageBuilder& message);
  void say_farewell(Connection& connection, Exchange& exchange);
  // Reads and answers until the verdict is known.
  bool converse(Connection& connection, Exchange& exchange, base::MessageBuilder& message);
  bool is_refused(Connection& connection, base::MessageBuilder& message);
  void drain(Connection& connection, Exchange& exchange, base::Duration time);
  // Adds "no answer within 3s (waiting for headers)", "connection reset", or another text for the error.
  void add_error(base::MessageBuilder& message, base::Error error, std::string_view activity) const;

  const Plan& plan_;
  base::Arena& arena_;
  Clock& clock_;
  const base::Deadline deadline_;
  std::array<char, 512> received_;  // not initialized; small, because each page of stack counts
};

}  // namespace healthcheck

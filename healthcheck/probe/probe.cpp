#include "healthcheck/probe/probe.hpp"

#include <errno.h>

#include <algorithm>

#include "healthcheck/probe/file_probe.hpp"
#include "healthcheck/probe/process_probe.hpp"
#include "sys/message.hpp"

namespace healthcheck {

using base::Error;
using base::MessageBuilder;
using base::Status;
using std::string_view;

void Prober::add_error(MessageBuilder& message, Error error, string_view activity) const {
  switch (error.code) {
    case ECONNREFUSED:
      message.add("connection refused");
      return;
    case ECONNRESET:
      message.add("connection reset");
      return;
    case EADDRNOTAVAIL:
      message.add("not an address of this host");
      return;
    case EADDRINUSE:
      message.add("no port is free");
      return;
    case out_of_time.code:
      message.add("no answer within ").add(deadline_.limit).add(" (").add(activity).add(")");
      return;
    default:
      sys::add_socket_error_text(message.add(activity).add(": "), error.code);
  }
}

bool Prober::open(Connection& connection, const Target& target, string_view request,
                  MessageBuilder& message) {
  string_view path = target.scheme == Scheme::Unix                                  ? target.path
                     : target.scheme == Scheme::Tcp || target.scheme == Scheme::Udp ? string_view{}
                                                                                    : plan_.unix_socket;
  if (path.empty() && target.host == Host::Localhost)
    return open_localhost(connection, target.port, request, message);
  if constexpr (reaches_other_hosts)
    if (path.empty() && target.host == Host::Name) return open_name(connection, target, request, message);
  Status opened =
      path.empty() ? connection.open(target.address, target.port, request) : connection.open(path, request);
  if (opened) return true;
  add_error(message, opened.error(), "connecting");
  if (!reaches_other_hosts && opened.error().code == EADDRNOTAVAIL)
    message.add(": only local services are probed");
  return false;
}

// A service may listen on one of the two loopback addresses only.
bool Prober::open_localhost(Connection& connection, std::uint16_t port, string_view request,
                            MessageBuilder& message) {
  Status first = connection.open(Address::loopback_ipv4(), port, request);
  if (first) return true;
  int code = first.error().code;
  if (code == out_of_time.code) {
    add_error(message, first.error(), "connecting");
    return false;
  }
  Status second = connection.open(Address::loopback_ipv6(), port, request);
  if (second) return true;
  add_error(message, first.error(), "connecting");
  message.add(" (127.0.0.1");
  if (second.error().code != code) add_error(message.add("), "), second.error(), "connecting");
  message.add(second.error().code != code ? " (::1)" : ", ::1)");
  return false;
}

bool Prober::converse(Connection& connection, Exchange& exchange, MessageBuilder& message) {
  while (!exchange.is_decided()) {
    auto bytes = connection.receive(received_, deadline_.end);
    if (!bytes) {
      add_error(message, bytes.error(), exchange.awaited());
      return false;
    }
    if (bytes->empty()) exchange.end();
    base::Arena::Scope replies{arena_};
    exchange.feed(*bytes, arena_);
    // If they cannot be sent, the answer is still what decides.
    static_cast<void>(connection.send(replies.text()));
  }
  return true;
}

// Closing a socket with unread data sends a reset instead of a FIN (RFC 9293 §3.6.1). So read the rest of the
// response for a moment. If that shows that it was cut short, the verdict changes.
void Prober::drain_response(Connection& connection, Exchange& exchange) {
  constexpr std::size_t max_drained = 65'536;
  base::Instant end = std::min(clock_.last() + base::milliseconds(50), deadline_.end);
  std::size_t left = max_drained;
  while (left != 0 && !exchange.is_over()) {
    auto bytes = connection.receive(received_, end);
    if (!bytes) return;
    if (bytes->empty()) return exchange.end();
    left -= std::min(left, bytes->size());
    base::Arena::Scope unsent_replies{arena_};
    exchange.feed(*bytes, arena_);
  }
}

Health Prober::probe_service(const Target& target, MessageBuilder& message) {
  base::Instant start = clock_.last();
  EXCHANGE_STORAGE Exchange exchange{plan_, target};
  Connection connection{clock_, deadline_};
  if constexpr (speaks_tls)
    if (target.transport == Transport::Tls && !prepare(exchange, message)) return Health::Unhealthy;
  {
    base::Arena::Scope request{arena_};
    exchange.add_request(arena_);
    if (arena_.overflowed()) {
      message.add("request too long");
      return Health::Unhealthy;
    }
    if (!open(connection, target, request.text(), message)) return Health::Unhealthy;
  }
  if (!converse(connection, exchange, message)) return Health::Unhealthy;
  drain_response(connection, exchange);
  if constexpr (speaks_tls)
    if (target.transport == Transport::Tls) say_farewell(connection, exchange);
  Health health = exchange.add_verdict(message);
  message.add(" (").add((clock_.last() - start).nanoseconds / 1'000'000).add(" ms)");
  return health;
}

Verdict Prober::probe(const Target& target) {
  Verdict verdict;
  verdict.message.add_escaped(target.text).add(": ");
  if (target.scheme == Scheme::File)
    verdict.health = probe_file(target.path, plan_.max_age, arena_, verdict.message);
  else if (target.scheme == Scheme::Pid)
    verdict.health = probe_process(target.path, arena_, verdict.message);
  else
    verdict.health = probe_service(target, verdict.message);
  return verdict;
}

}  // namespace healthcheck

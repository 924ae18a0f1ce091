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

namespace {

constexpr base::Duration moment = base::milliseconds(100);

}  // namespace

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
      sys::add_probe_error_text(message.add(activity).add(": "), error.code);
  }
}

bool Prober::open(Connection& connection, const Target& target, string_view request,
                  MessageBuilder& message) {
  string_view path = target.scheme == Scheme::Unix      ? target.path
                     : takes_unix_socket(target.scheme) ? plan_.unix_socket
                                                        : string_view{};
  if (path.empty() && target.host == Host::Localhost)
    return open_localhost(connection, target.port, request, message);
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
      bool is_late = bytes.error().code == out_of_time.code;
      if (!is_late || !exchange.has_answer()) {
        add_error(message, bytes.error(), exchange.awaited());
        return false;
      }
      exchange.add_incomplete_answer(message);
      message.add(" within ").add(deadline_.limit);
      return false;
    }
    if (bytes->empty() && !connection.is_datagram()) exchange.end(HttpReader::End::Orderly);
    base::Arena::Scope replies{arena_};
    exchange.feed(*bytes, arena_);
    if (replies.text().empty()) continue;
    Status sent = connection.send(replies.text());
    if (sent || !exchange.needs_replies()) continue;
    add_error(message, sent.error(), "sending");
    return false;
  }
  return true;
}

// A closed port refuses a datagram at once, or as soon as the kernel gets to it.
bool Prober::is_refused(Connection& connection, MessageBuilder& message) {
  auto bytes = connection.receive(received_, std::min(clock_.last() + moment, deadline_.end));
  if (bytes || bytes.error().code == out_of_time.code) return false;
  add_error(message, bytes.error(), "sending");
  return true;
}

// Closing a socket with unread data sends a reset instead of a FIN (RFC 9293 §3.6.1). So read the rest of an
// HTTP response for a while; if it was cut short, the verdict changes. Other services do not say how much
// they will send, and a greeting may be on its way. Most of them close the connection as soon as they read
// that nothing more comes.
void Prober::drain(Connection& connection, Exchange& exchange, base::Duration time) {
  base::Instant end = std::min(clock_.last() + time, deadline_.end);
  std::size_t left = 65'536;
  while (left != 0 && !exchange.needs_no_more()) {
    auto bytes = connection.receive(received_, end);
    if (!bytes && bytes.error().code != ECONNRESET) return;
    if (!bytes || bytes->empty())
      return exchange.end(bytes ? HttpReader::End::Orderly : HttpReader::End::Broken);
    left -= std::min(left, bytes->size());
    base::Arena::Scope unsent_replies{arena_};
    exchange.feed(*bytes, arena_);
  }
}

Health Prober::probe_service(const Target& target, MessageBuilder& message) {
  base::Instant start = clock_.last();
  EXCHANGE_STORAGE Exchange exchange{plan_, target};
  Connection connection{clock_, deadline_,
                        target.scheme == Scheme::Udp ? sys::Transport::Datagram : sys::Transport::Stream};
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
  if (target.scheme == Scheme::Udp && plan_.expect.empty() && is_refused(connection, message))
    return Health::Unhealthy;
  if (!converse(connection, exchange, message)) return Health::Unhealthy;
  if (exchange.may_be_echo()) {
    if (Status checked = connection.check_peer(); !checked) {
      add_error(message, checked.error(), "connecting");
      return Health::Unhealthy;
    }
  }
  base::Duration elapsed = clock_.last() - start;
  const bool is_secure = speaks_tls && target.transport == Transport::Tls;
  if (target.scheme == Scheme::Http || is_secure) drain(connection, exchange, base::milliseconds(250));
  if constexpr (speaks_tls)
    if (is_secure) say_farewell(connection, exchange);
  Health health = exchange.add_verdict(message);
  message.add(" (").add(elapsed.nanoseconds / 1'000'000).add(" ms)");
  if (target.scheme != Scheme::Http && target.scheme != Scheme::Udp && !is_secure) {
    connection.finish_sending();
    drain(connection, exchange, moment);
  }
  return health;
}

Verdict Prober::probe(const Target& target) {
  Verdict verdict;
  verdict.message.add_escaped(target.text);
  if (takes_unix_socket(target.scheme) && !plan_.unix_socket.empty())
    verdict.message.add(" through ").add_escaped(plan_.unix_socket);
  verdict.message.add(": ");
  if (target.scheme == Scheme::File)
    verdict.health = probe_file(target.path, plan_.max_age, arena_, verdict.message);
  else if (target.scheme == Scheme::Pid)
    verdict.health = probe_process(target.path, arena_, verdict.message);
  else
    verdict.health = probe_service(target, verdict.message);
  return verdict;
}

}  // namespace healthcheck

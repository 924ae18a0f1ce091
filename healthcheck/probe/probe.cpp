#include "healthcheck/probe/probe.hpp"

#include <errno.h>

#include <algorithm>

#include "healthcheck/probe/file_probe.hpp"
#include "healthcheck/probe/process_probe.hpp"
#include "healthcheck/target/hosts.hpp"
#include "healthcheck/target/target_list.hpp"
#include "sys/message.hpp"

namespace healthcheck {

using base::Error;
using base::Status;
using std::string_view;

namespace {

constexpr base::Duration moment = base::milliseconds(100);
constexpr const char* connecting = "connecting";

}  // namespace

void Prober::add_error(Error error, const char* activity) {
  switch (error.code) {
    case ECONNREFUSED:
      message_.add("connection refused");
      return;
    case ECONNRESET:
      message_.add("connection reset");
      return;
    case EADDRNOTAVAIL:
      message_.add("not an address of this host");
      return;
    case EADDRINUSE:
      message_.add("no port is free");
      return;
    case out_of_time.code:
      message_.add("no answer within ").add(deadline_.limit).add(" (").add(activity).add(")");
      return;
    default:
      sys::add_probe_error_text(message_.add(activity).add(": "), error.code);
  }
}

bool Prober::open(Connection& connection, const Target& target, string_view request) {
  string_view path = target.scheme == Scheme::Unix      ? target.path
                     : takes_unix_socket(target.scheme) ? plan_.unix_socket
                                                        : string_view{};
  if (!path.empty() || target.host == Host::Literal) return open_one(connection, target, path, request);
  if constexpr (reaches_other_hosts)
    if (target.host == Host::Name) return open_name(connection, target, request);
  return open_each(connection, target, request);
}

bool Prober::open_one(Connection& connection, const Target& target, string_view socket_path,
                      string_view request) {
  Status opened = socket_path.empty() ? connection.open(target.address, target.port, request)
                                      : connection.open(socket_path, request);
  if (opened) return true;
  add_error(opened.error(), connecting);
  if (!reaches_other_hosts && opened.error().code == EADDRNOTAVAIL)
    message_.add(": only local services are probed");
  return false;
}

// A service may listen on one of the host's addresses only. localhost has a table of its own, in the form of
// /etc/hosts.
bool Prober::open_each(Connection& connection, const Target& target, string_view request) {
  const bool is_localhost = target.host == Host::Localhost;
  string_view hosts = plan_.hosts, name = target.name;
  if (is_localhost) {
    hosts = "127.0.0.1 localhost\n::1 localhost";
    name = "localhost";
  }
  HostAddresses addresses{hosts, name};
  Error first{EADDRNOTAVAIL}, last = first;
  std::int64_t count = 0;
  for (Address address; last.code != out_of_time.code && addresses.next(address); ++count) {
    Status opened = connection.open(address, target.port, request);
    if (opened) return true;
    last = opened.error();
    if (count == 0) first = last;
  }
  add_error(is_localhost ? first : last, connecting);
  if (count <= 1) return false;
  if (!is_localhost) {
    message_.add(" (").add(count).add(" addresses)");
  } else if (first.code == last.code) {
    message_.add(" (127.0.0.1, ::1)");
  } else {
    message_.add(" (127.0.0.1), ");
    add_error(last, connecting);
    message_.add(" (::1)");
  }
  return false;
}

bool Prober::converse(Connection& connection, Exchange& exchange) {
  while (!exchange.is_decided()) {
    auto size = connection.receive(received_, deadline_.end);
    if (!size) {
      bool is_late = size.error().code == out_of_time.code;
      if (!is_late || !exchange.has_answer()) {
        add_error(size.error(), exchange.awaited());
        return false;
      }
      exchange.add_incomplete_answer(message_);
      message_.add(" within ").add(deadline_.limit);
      return false;
    }
    if (*size == 0 && !connection.is_datagram()) exchange.end(HttpReader::End::Orderly);
    base::Arena::Scope replies{arena_};
    exchange.feed({received_.data(), *size}, arena_);
    if (replies.text().empty()) continue;
    Status sent = connection.send(replies.text());
    if (sent || !exchange.needs_replies()) continue;
    add_error(sent.error(), "sending");
    return false;
  }
  return true;
}

// A closed port refuses a datagram at once, or as soon as the kernel gets to it.
bool Prober::is_refused(Connection& connection) {
  auto size = connection.receive(received_, std::min(clock_.last() + moment, deadline_.end));
  if (size || size.error().code == out_of_time.code) return false;
  add_error(size.error(), "sending");
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
    auto size = connection.receive(received_, end);
    if (!size && size.error().code != ECONNRESET) return;
    if (!size || *size == 0) return exchange.end(size ? HttpReader::End::Orderly : HttpReader::End::Broken);
    left -= std::min(left, *size);
    base::Arena::Scope unsent_replies{arena_};
    exchange.feed({received_.data(), *size}, arena_);
  }
}

[[gnu::noinline]] Health Prober::probe_service(const Target& target) {
  base::Instant start = clock_.last();
  // Their constructors initialise what is read. A secure exchange has room for a record of 16 KB, of which
  // only the pages that are used take memory.
  __attribute__((uninitialized)) Exchange exchange{plan_, target};
  __attribute__((uninitialized)) Connection connection{
      clock_, deadline_, target.scheme == Scheme::Udp ? sys::Transport::Datagram : sys::Transport::Stream};
  if constexpr (speaks_tls)
    if (target.transport == Transport::Tls && !prepare(exchange, message_)) return Health::Unhealthy;
  {
    base::Arena::Scope request{arena_};
    exchange.add_request(arena_);
    if (arena_.overflowed()) {
      message_.add("request too long");
      return Health::Unhealthy;
    }
    if (!open(connection, target, request.text())) return Health::Unhealthy;
  }
  // Before the first byte of the service is read, and while it works on the request.
  confinement_.begin();
  if (target.scheme == Scheme::Udp && plan_.expect.empty() && is_refused(connection))
    return Health::Unhealthy;
  if (!converse(connection, exchange)) return Health::Unhealthy;
  if (exchange.may_be_echo()) {
    if (Status checked = connection.check_peer(); !checked) {
      add_error(checked.error(), connecting);
      return Health::Unhealthy;
    }
  }
  base::Duration elapsed = clock_.last() - start;
  const bool is_secure = speaks_tls && target.transport == Transport::Tls;
  if (target.scheme == Scheme::Http || is_secure) drain(connection, exchange, base::milliseconds(250));
  if constexpr (speaks_tls)
    if (is_secure) say_farewell(connection, exchange);
  Health health = exchange.add_verdict(message_);
  message_.add(" (").add(elapsed.nanoseconds / 1'000'000).add(" ms)");
  if (target.scheme != Scheme::Http && target.scheme != Scheme::Udp && !is_secure) {
    connection.finish_sending();
    drain(connection, exchange, moment);
  }
  return health;
}

Health Prober::probe(const Target& target, base::Deadline deadline) {
  deadline_ = deadline;
  message_.clear().add_escaped(target.text);
  if (uses_unix_socket(plan_, target)) message_.add(" through ").add_escaped(plan_.unix_socket);
  message_.add(": ");
  if (target.scheme < Scheme::File) return probe_service(target);
  confinement_.begin();
  if (target.scheme == Scheme::File) return probe_file(target.path, plan_.max_age, arena_, message_);
  return probe_process(target.path, arena_, message_);
}

}  // namespace healthcheck

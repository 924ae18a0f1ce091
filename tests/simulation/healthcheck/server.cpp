#include "simulation/healthcheck/server.hpp"

#include <errno.h>

#include <algorithm>

namespace simulation {

Server ServerMaker::good(const Target& target) {
  Server server;
  if (target.scheme != Scheme::Unix && target.scheme != Scheme::Udp && !random_.one_in(4)) {
    server.connects = EINPROGRESS;
    server.accepts_after = random_.below(200 * microsecond);
  }
  if (random_.one_in(16)) server.window_opens_after = random_.below(10 * millisecond);
  add_answer(server, target, Quality::Right);
  server.pace = random_.pick(std::array{microsecond, 5 * millisecond});
  add_segments(server, server.answer.bytes.size(), server.pace);
  server.end = random_.pick(std::array{End::Fin, End::Fin, End::None, End::Reset});
  server.end_after = server.segments.back().after + random_.below(random_.one_in(2) ? 2 : 400 * millisecond);
  if (target.scheme == Scheme::Udp) server.end = End::None;
  limit(server, target);
  return server;
}

Server ServerMaker::bad(const Target& target) {
  Server server = good(target);
  switch (random_.below(8)) {
    case 0:
    case 1:
      fail_to_connect(server, target);
      break;
    case 2:
      server.is_client = has_host(target.scheme);
      if (server.is_client) server.answer = echo(settings_, target.scheme);
      break;
    case 3:
    case 4:
      if (target.is_secure && !random_.one_in(3)) {
        server.trouble = random_.one_in(8) ? Server::Trouble::Refusing : Server::Trouble::Wrong;
        break;
      }
      add_answer(server, target, Quality::Wrong);
      add_segments(server, server.answer.bytes.size(), 5 * millisecond);
      break;
    case 5:
      server.trouble = Server::Trouble::Changed;
      if (target.is_secure) break;
      add_answer(server, target, Quality::Changed);
      add_segments(server, server.answer.bytes.size(), 5 * millisecond);
      break;
    case 6:
      // Slow: some parts come too late.
      server.pace = 2 * std::min(settings_.attempt_limit(), 2 * second);
      add_segments(server, server.answer.bytes.size(), server.pace);
      server.end_after = std::max(server.end_after, server.segments.back().after);
      if (random_.one_in(2)) server.window_opens_after = random_.below(second);
      break;
    default:
      server.trouble = Server::Trouble::Cut;
      cut(server);
  }
  if (target.scheme == Scheme::Udp && random_.one_in(2)) return refusing(target);
  // There is no connection that could end.
  if (target.scheme == Scheme::Udp && server.end == End::Fin) server.end = End::None;
  limit(server, target);
  return server;
}

Server ServerMaker::refusing(const Target& target) {
  Server server;
  // A refused datagram is reported after it was sent.
  if (target.scheme == Scheme::Udp) {
    if (settings_.expect.empty()) server.answer.right_at = 0;
    server.end = End::Reset;
    server.end_after = random_.below(random_.one_in(4) ? 60 * millisecond : millisecond);
    server.segments = {{0, 0}};
    return server;
  }
  server.connects = target.scheme == Scheme::Unix ? random_.pick(std::array{ENOENT, ECONNREFUSED, EACCES})
                    : random_.one_in(2)           ? EINPROGRESS
                                                  : ECONNREFUSED;
  server.accepts_after = random_.below(100 * microsecond);
  server.error = ECONNREFUSED;
  return server;
}

void ServerMaker::fail_to_connect(Server& server, const Target& target) {
  server = refusing(target);
  if (target.scheme == Scheme::Udp) return;
  if (target.scheme == Scheme::Unix || settings_.through_socket) {
    add_answer(server, target, Quality::Right);
    add_segments(server, server.answer.bytes.size(), microsecond);
    server.connects = 0;
    server.full_backlog = static_cast<int>(random_.below(random_.one_in(2) ? 3 : 10'000));
    return limit(server, target);
  }
  server.connects = random_.pick(std::array{EINPROGRESS, ENETUNREACH, EADDRNOTAVAIL, EPERM});
  server.accepts_after = random_.pick(std::array{no_time, 10 * millisecond, second});
  server.error = random_.pick(std::array{ETIMEDOUT, EHOSTUNREACH, ECONNREFUSED});
  limit(server, target);
}

void ServerMaker::add_answer(Server& server, const Target& target, Quality quality) {
  switch (target.scheme) {
    case Scheme::Http:
      server.answer = http_answer(random_, settings_, quality);
      // Some answer before they have the whole request.
      server.greets = random_.one_in(8);
      break;
    case Scheme::Grpc:
      server.answer = grpc_answer(random_, quality);
      // Such a server's settings need no request.
      server.greets = random_.one_in(4);
      break;
    case Scheme::Udp:
      server.answer = datagrams(random_, settings_, quality);
      break;
    default:
      server.answer = text_answer(random_, settings_, quality);
      server.greets = random_.one_in(2);
  }
  std::string& bytes = server.answer.bytes;
  if (quality != Quality::Changed || bytes.empty() || bytes.size() > 4096) return;
  server.answer.is_unknown = true;
  auto at = static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(bytes.size())));
  bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + random_.below(255)));
}

void ServerMaker::add_segments(Server& server, std::size_t size, Time span) {
  server.segments.clear();
  Time after = random_.below(span);
  for (auto cuts = random_.below(5); cuts > 0 && size > 1; --cuts) {
    server.segments.push_back(
        {1 + static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(size))), 0});
  }
  server.segments.push_back({size, 0});
  std::ranges::sort(server.segments, {}, &Segment::end);
  for (Segment& segment : server.segments) {
    segment.after = after;
    if (!random_.one_in(3)) after += random_.below(span);
  }
  server.end_after = std::max(server.end_after, server.segments.back().after);
}

// The answer stops at any byte.
void ServerMaker::cut(Server& server) {
  auto size = static_cast<std::int64_t>(server.answer.bytes.size());
  auto kept = static_cast<std::size_t>(random_.below(size + 1));
  server.end = random_.pick(std::array{End::None, End::Fin, End::Reset});
  add_segments(server, kept, 5 * millisecond);
  server.end_after = server.segments.back().after + random_.below(random_.one_in(2) ? 2 : 300 * millisecond);
  server.drops_unread = random_.one_in(2);
}

// A run without a limit ends by the server's doing.
void ServerMaker::limit(Server& server, const Target& target) const {
  if (!settings_.is_unlimited()) return;
  server.accepts_after = std::min(server.accepts_after, 2 * second);
  server.full_backlog = std::min(server.full_backlog, 50);
  if (server.end != End::None) return;
  server.end = target.scheme == Scheme::Udp ? End::Reset : End::Fin;
  server.end_after = server.segments.empty() ? 2 * second : server.segments.back().after + 2 * second;
}

}  // namespace simulation

// The bytes between the program and a server.
#include <errno.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "simulation/healthcheck/request.hpp"
#include "simulation/healthcheck/world.hpp"
#include "simulation/trace.hpp"

namespace simulation {

std::size_t World::arrived() const {
  if (socket.answers == no_time) return 0;
  if (socket.server.is_client) return socket.sent.size();
  std::size_t bytes = 0;
  for (const Segment& segment : socket.server.segments)
    if (now >= socket.answers + segment.after) bytes = std::max(bytes, segment.end);
  return bytes;
}

std::size_t World::available() const { return arrived() - rules.visit().heard.bytes; }

bool World::has_datagram() const {
  if (socket.answers == no_time) return false;
  if (socket.server.is_client) return socket.datagrams_read == 0;
  const auto& ends = socket.server.answer.datagrams;
  if (socket.datagrams_read >= ends.size() || now < socket.answers + socket.server.segments.front().after)
    return false;
  return ends[socket.datagrams_read] <= arrived();
}

bool World::has_end_come() const {
  return socket.answers != no_time && socket.server.end != End::None &&
         now >= socket.answers + socket.server.end_after;
}

bool World::can_read() const {
  if (socket.state == Socket::State::Connecting)
    return now >= socket.begun + socket.server.accepts_after && socket.server.error != 0;
  if (socket.state == Socket::State::Failed) return true;
  if (socket.type == SOCK_DGRAM) return has_datagram() || (is_reset() && !socket.reset_told);
  return has_end_come() || available() != 0;
}

bool World::can_write() const {
  Time accepted = socket.begun + socket.server.accepts_after;
  if (socket.state == Socket::State::Connecting) return now >= accepted;
  return is_reset() || now >= accepted + socket.server.window_opens_after;
}

// The server looks at what it has received.
void World::request_ended() {
  if (socket.type == SOCK_DGRAM) return;
  if (rules.target().is_secure && (socket.secure == nullptr || !socket.secure->is_established())) return;
  if (socket.server.greets && socket.answers == no_time) socket.answers = now;
  std::size_t end = end_of_request(settings, rules.target(), socket.sent);
  if (end == nowhere) return;
  Visit& visit = rules.visit();
  if (!visit.has_sent_all)
    if (const char* fault =
            fault_of_request(settings, rules.target(), std::string_view{socket.sent}.substr(0, end)))
      break_rule(fault);
  visit.has_sent_all = true;
  if (socket.answers == no_time) socket.answers = now;
  if (socket.secure != nullptr) {
    socket.secure->answer_request(now - socket.answers);
    take_answer();
  }
  if (rules.target().scheme != Scheme::Grpc && socket.sent.size() > end)
    break_rule("sends more than a request");
}

ssize_t World::send_datagram(std::string_view bytes) {
  Visit& visit = rules.visit();
  if (bytes != settings.send) break_rule("another datagram than --send");
  if (visit.has_sent_all) break_rule("a second datagram");
  if (settings.has_faults && happens(16)) return visit.has_failed = true, fail(EPERM);
  socket.sent = bytes;
  socket.answers = now;
  visit.has_sent_all = visit.is_connected = true;
  return static_cast<ssize_t>(bytes.size());
}

ssize_t World::send(const char* bytes, std::size_t size) {
  Visit& visit = rules.visit();
  if (socket.state == Socket::State::Fresh) break_rule("sends before it connects");
  if (socket.type == SOCK_DGRAM) return send_datagram({bytes, size});
  const bool was_blocked = !socket.blocked.empty();
  // Other bytes than the ones that did not fit: it gave these up when its time was over, and says goodbye.
  if (rules.target().is_secure && was_blocked)
    socket.cannot_send |= socket.blocked != std::string_view{bytes, size};
  socket.blocked.assign(bytes, size);
  if (finish_connecting() != 0) return fail(errno == EALREADY ? EAGAIN : errno);
  if (is_reset()) {
    visit.is_pipe_broken = true;
    if (socket.reset_told || socket.pipe_told) return fail(EPIPE);
    bool as_pipe = happens(2);
    (as_pipe ? socket.pipe_told : socket.reset_told) = true;
    rules.progresses();
    return fail(as_pipe ? EPIPE : ECONNRESET);
  }
  if (settings.has_faults && happens(32)) {
    if (rules.needs_sending()) visit.has_failed = true;
    socket.cannot_send = true;
    return fail(ETIMEDOUT);
  }
  rules.progresses();
  Time& opens = socket.server.window_opens_after;
  if (happens(32) && !was_blocked)
    opens = now + random.below(longest_full) - socket.begun - socket.server.accepts_after;
  if (now < socket.begun + socket.server.accepts_after + opens) return fail(EAGAIN);
  socket.blocked.clear();
  if (size > 1 && happens(8))
    size = 1 + static_cast<std::size_t>(random.below(static_cast<std::int64_t>(size)));
  note("sent", size);
  if (rules.target().is_secure)
    send_to_secure({bytes, size});
  else
    socket.sent.append(bytes, size);
  request_ended();
  return static_cast<ssize_t>(size);
}

void World::tell_end(End end) {
  const Visit& visit = rules.visit();
  // After the request and the verdict, the farewell is all that the client sends.
  const bool has_tried =
      visit.is_pipe_broken && visit.has_sent_all && visit.heard.bytes >= visit.answer.right_at;
  Heard& heard = rules.visit().heard;
  heard.end = end;
  heard.has_left = socket.secure != nullptr && (socket.secure->was_left_in_order() || has_tried);
  note("end", static_cast<int>(end));
}

ssize_t World::report_end() {
  rules.progresses();
  if (!is_reset() || socket.pipe_told) {
    tell_end(End::Fin);
    return 0;
  }
  tell_end(End::Reset);
  if (std::exchange(socket.reset_told, true)) return 0;
  return fail(socket.type == SOCK_DGRAM ? ECONNREFUSED : ECONNRESET);
}

ssize_t World::receive_datagram(char* buffer, std::size_t size) {
  if (is_reset() && !socket.reset_told) return report_end();
  if (!has_datagram()) return fail(EAGAIN);
  const auto& answer = socket.server.answer;
  std::string_view one = socket.sent;
  std::size_t at = socket.datagrams_read++;
  if (!socket.server.is_client) {
    std::size_t start = at == 0 ? 0 : answer.datagrams[at - 1];
    one = std::string_view{answer.bytes}.substr(start, answer.datagrams[at] - start);
  }
  rules.progresses();
  rules.visit().heard.bytes += one.size();
  rules.visit().was_late |= rules.is_time_up(now);
  size = std::min(size, one.size());
  std::memcpy(buffer, one.data(), size);
  return static_cast<ssize_t>(size);
}

ssize_t World::read_socket(char* buffer, std::size_t size) {
  Heard& heard = rules.visit().heard;
  socket.looked = now;
  if (socket.state == Socket::State::Connecting) {
    if (finish_connecting() != 0) return fail(errno == EALREADY ? EAGAIN : errno);
  }
  // Another reason to wake it, or a packet with a wrong checksum.
  if (settings.is_busy && happens(32) && !is_reset()) {
    rules.progresses();
    return fail(EAGAIN);
  }
  if (socket.type == SOCK_DGRAM) return receive_datagram(buffer, size);
  if (settings.has_faults && happens(32)) {
    tell_end(End::Failure);
    return fail(ETIMEDOUT);
  }
  if (is_reset() && (socket.server.drops_unread || available() == 0)) return report_end();
  if (available() == 0) return has_end_come() ? report_end() : fail(EAGAIN);
  rules.reads(socket.woken);
  size = std::min(size, available());
  if (happens(4)) size = 1 + static_cast<std::size_t>(random.below(static_cast<std::int64_t>(size)));
  const std::string& source = socket.server.is_client ? socket.sent : socket.server.answer.bytes;
  std::memcpy(buffer, source.data() + heard.bytes, size);
  heard.bytes += size;
  if (heard.bytes >= socket.server.answer.closes_at) tell_end(End::Fin);
  rules.progresses();
  note("read", size, heard.bytes);
  return static_cast<ssize_t>(size);
}

// Every SETTINGS and PING frame that the client has read has been acknowledged.
void World::check_replies() const {
  const Visit& visit = rules.visit();
  const Answer& answer = socket.server.answer;
  if (rules.target().scheme != Scheme::Grpc || answer.is_unknown || socket.server.is_client ||
      !visit.has_sent_all)
    return;
  // The record that ends there may go on after it.
  bool may_be_past_it = rules.target().is_secure && visit.heard.bytes == answer.wrong_from;
  if (visit.heard.bytes > answer.wrong_from || may_be_past_it || socket.cannot_send) return;
  std::string_view replies = socket.sent;
  replies.remove_prefix(end_of_request(settings, rules.target(), replies));
  if (!answer.replies.starts_with(replies)) break_rule("a wrong reply of HTTP/2");
  if (!socket.blocked.empty()) return;
  for (const Answer::Reply& reply : answer.due)
    if (visit.heard.bytes >= reply.due_at && replies.size() < reply.sent_end)
      break_rule("no reply of HTTP/2");
}

// A port that says nothing to a datagram is healthy only if it has had a moment to refuse it.
void World::check_refusal() const {
  bool is_told =
      rules.visit().heard.end != End::None || socket.datagrams_read != 0 || !settings.expect.empty();
  if (is_told || !rules.is_healthy()) return;
  if (is_reset() && socket.looked >= socket.answers + socket.server.end_after)
    break_rule("healthy, though a datagram was refused");
  // The moment begins when the program last looked at its clock.
  if (settings.is_busy || rules.was_stopped() || rules.is_time_up(now)) return;
  if (now - socket.answers < 99 * millisecond) break_rule("did not wait for a refusal");
}

// Bytes that are left unread when the socket is closed make the kernel send a reset.
void World::check_polite() const {
  const Visit& visit = rules.visit();
  if (settings.is_busy || rules.was_stopped() || !rules.is_healthy() || rules.is_time_up(now)) return;
  if (visit.heard.end != End::None || socket.server.is_client || available() == 0) return;
  // The probe says no farewell to a peer that it cannot reach, nor to one whose records are wrong.
  if (rules.target().is_secure && (socket.cannot_send || socket.secure->is_faulty())) return;
  // Behind the end of a message of HTTP nothing is to be expected; and nobody reads without a limit.
  constexpr std::size_t longest_answer = 65'536;
  bool is_http = rules.target().scheme == Scheme::Http && !rules.target().is_secure;
  if (visit.heard.bytes >= longest_answer || (is_http && visit.heard.bytes >= visit.answer.message_end))
    return;
  Time came = socket.answers;
  for (const Segment& segment : socket.server.segments)
    if (segment.end > visit.heard.bytes) {
      came += segment.after;
      break;
    }
  if (now > came + millisecond) break_rule("a reset for a server that was still speaking");
}

}  // namespace simulation

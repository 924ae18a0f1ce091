// The calls of a connection over TLS that a plain one does not make, and the bytes between it and its server.
#include <errno.h>

#include <algorithm>

#include "simulation/healthcheck/world.hpp"
#include "simulation/trace.hpp"

namespace simulation {

// The preparation comes before the socket, so a visit that fails here never has a descriptor.
int World::refuse_preparation(int error) {
  is_prepared = false;
  Visit& visit = rules.opens(now);
  visit.has_failed = true;
  // No other address would help.
  visit.tries = 2;
  rules.closes(now);
  return fail(error);
}

ssize_t World::fill_random(char* buffer, std::size_t size) {
  if (!speaks_tls || size > 256) break_rule("random bytes that a signal may cut short");
  if (is_prepared) break_rule("random bytes for nothing");
  if (settings.has_faults && happens(8))
    return refuse_preparation(random.pick(std::array{EAGAIN, ENOSYS, EPERM}));
  is_prepared = true;
  // Few clients differ: the server then knows most of the secrets that it agrees on.
  Random bytes{static_cast<std::uint64_t>(random.below(16))};
  std::generate_n(buffer, size, [&] { return static_cast<char>(bytes.next()); });
  return static_cast<ssize_t>(size);
}

void World::send_to_secure(std::string_view bytes) {
  if (socket.answers == no_time) socket.answers = now;
  if (socket.server.is_client) {
    // The program reads its own ClientHello: once it is complete, it is no ServerHello.
    socket.sent.append(bytes);
    std::size_t& wrong_at = socket.server.answer.wrong_at;
    if (socket.sent.size() >= record_header) wrong_at = end_of_record(socket.sent, 0);
    rules.visit().has_sent_hello |= socket.sent.size() >= wrong_at;
    return take_answer();
  }
  // Bytes are missing before these.
  if (socket.cannot_send) return;
  SecureServer& secure = *socket.secure;
  if (has_end_come()) secure.stop_sending();
  int hellos = secure.hellos();
  secure.receive(bytes, now - socket.answers);
  if (const char* fault = secure.fault()) break_rule(fault);
  if (secure.hellos() != hellos)
    if (const char* fault = secure.fault_of_hello()) break_rule(fault);
  rules.visit().has_sent_hello |= secure.hellos() != 0;
  socket.sent = secure.received();
  take_answer();
}

void World::take_answer() { rules.visit().answer = socket.server.answer; }

// A server logs an error for a connection that ends without the client's close_notify.
void World::check_farewell() const {
  const Visit& visit = rules.visit();
  if (socket.secure == nullptr || !rules.is_healthy() || !socket.secure->is_established()) return;
  if (socket.secure->is_faulty() || socket.cannot_send || !socket.blocked.empty() || visit.is_pipe_broken ||
      visit.heard.end == End::Failure || has_end_come())
    return;
  if (!socket.secure->was_left_in_order()) break_rule("leaves TLS without a close_notify");
}

}  // namespace simulation

// Time, signals and waits.
#include "simulation/healthcheck/world.hpp"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "simulation/trace.hpp"

namespace simulation {

World* world = nullptr;

Time simulated_time() { return world->now; }

World::World(Settings& drawn, Random& generator)
    : settings(drawn),
      random(generator),
      now(second + random.below(1'000'000 * second)),
      boot(1'700'000'000 * second),
      rules(settings, now),
      stops(settings.stops) {
  for (auto& stop : stops) stop.when += now;
  std::ranges::sort(stops, {}, &Settings::Stop::when);
  if (settings.term != 0) term = now + settings.term;
  own_pid = settings.first_process ? 1 : 4711;
  // If standard error was closed at the start, the first descriptor has its number.
  number = random.one_in(16) ? 2 : 3;
  Time span = std::max(settings.wait, second);
  for (Service& service : services_) {
    if (random.one_in(3)) service.good_from = random.one_in(3) ? no_time : now + random.below(span);
    auto where = random.below(4);
    service.on_ipv4 = where != 0;
    service.on_ipv6 = where != 1 && settings.has_ipv6;
    if (!service.on_ipv4 && !service.on_ipv6) service.on_ipv4 = true;
  }
}

void World::tick() {
  now += microsecond;
  if (settings.is_busy && happens(64)) now += random.below(20 * millisecond);
  stop_if_due();
  rules.calls(now);
  if (term != 0 && term <= now) deliver_term();
}

void World::stop_if_due() {
  for (auto& stop : stops) {
    if (stop.length == 0 || stop.when > now) continue;
    note("stopped for ms", stop.length / millisecond);
    now += std::exchange(stop.length, 0);
    rules.stopped();
  }
}

void World::deliver_term() {
  note("SIGTERM");
  term = 0;
  was_asked_to_end = !settings.first_process || term_handler != nullptr;
  if (!settings.first_process) leave(Exit::Killed, SIGTERM);
  if (term_handler != nullptr) term_handler(SIGTERM);
  // The kernel drops it. That is right as long as nothing has begun.
  if (rules.is_probing()) break_rule("PID 1 ignores SIGTERM");
}

void World::late_wake() {
  if (!settings.is_busy || !happens(4)) return;
  now += random.below(happens(8) ? 400 * millisecond : 20 * millisecond);
}

void World::pass(Time to, Time& end) {
  for (auto& stop : stops) {
    if (stop.length == 0 || stop.when >= to) continue;
    rules.waits(now, std::max(now, stop.when));
    now = std::max(now, stop.when);
    Time before = now;
    stop_if_due();
    end += now - before;
    return;
  }
  rules.waits(now, to);
  now = to;
}

Time World::next_event() const {
  Time next = term != 0 ? term : no_time;
  if (descriptor != Descriptor::Socket) return next;
  const Server& server = socket.server;
  auto consider = [&](Time when) {
    if (when > now) next = std::min(next, when);
  };
  if (socket.state == Socket::State::Connecting) consider(socket.begun + server.accepts_after);
  if (socket.state == Socket::State::Connected)
    consider(socket.begun + server.accepts_after + server.window_opens_after);
  if (socket.answers == no_time) return next;
  for (const Segment& segment : server.segments) consider(socket.answers + segment.after);
  if (server.end != End::None) consider(socket.answers + server.end_after);
  return next;
}

int World::poll_stderr(pollfd& one) const {
  one.revents = settings.standard_error == Stderr::Full ? short{0} : short{POLLOUT};
  return one.revents != 0;
}

int World::fail_to_poll(short events) {
  Visit& visit = rules.visit();
  bool is_reply = visit.is_past_opening() && (events & POLLOUT) != 0;
  socket.cannot_send |= is_reply;
  if (descriptor == Descriptor::Closed)
    rules.cannot_pause();
  else if (!visit.is_past_opening() || rules.target().scheme == Scheme::Udp ||
           (is_reply && rules.target().is_secure && !rules.is_healthy()))
    visit.has_failed = true;
  else if (!is_reply && visit.heard.end == End::None)
    visit.heard.end = End::Failure;
  return fail(ENOMEM);
}

int World::poll(pollfd& one, long* time) {
  Time end = now + time[0] * second + time[1];
  if (one.fd == STDERR_FILENO && descriptor == Descriptor::Closed) return poll_stderr(one);
  if (one.fd >= 0 && !is_open(one.fd)) break_rule("waits for a descriptor that is not open", one.fd);
  if (descriptor == Descriptor::Process) return named.has_ended;
  if (one.fd < 0 && descriptor == Descriptor::Closed) rules.pauses();
  // A failure may not hide the time that an interrupted wait has taken.
  if (settings.has_faults && !is_interrupted && happens(64)) return fail_to_poll(one.events);
  is_interrupted = false;
  auto remains = [&] {
    Time left = std::max<Time>(0, end - now);
    time[0] = left / second;
    time[1] = left % second;
  };
  for (;;) {
    if (term != 0 && term <= now) deliver_term();
    bool is_ready_now = one.fd >= 0 && is_ready(one.events);
    if (is_ready_now || now >= end) {
      late_wake();
      remains();
      socket.looked = now;
      // The probe of a healthy service needs no clock: its first wait is short, and not looked after.
      if (std::exchange(has_waited, true)) socket.woken = now;
      one.revents = one.fd >= 0 && is_ready(one.events) ? one.events : short{0};
      return one.revents != 0;
    }
    Time next = std::min(end, next_event());
    if (settings.is_busy && happens(32)) {
      // A debugger, or the freezer.
      pass(now + random.below(next - now + 1), end);
      remains();
      rules.progresses();
      is_interrupted = true;
      return fail(EINTR);
    }
    pass(next, end);
  }
}

void World::exits(int status) {
  if (descriptor != Descriptor::Closed) break_rule("a descriptor is left open");
  if (settings.first_process && rules.is_probing() && (term_handler == nullptr || !int_handled))
    break_rule("PID 1 handles no SIGTERM, or no SIGINT");
  rules.exits(status, now);
}

bool World::is_ready(short events) const { return (events & POLLIN) != 0 ? can_read() : can_write(); }

int fail(int error) {
  errno = error;
  return -1;
}

}  // namespace simulation

// The acts of all the other processes.
#include <algorithm>
#include <span>

#include "simulation/kernel.hpp"
#include "simulation/rules.hpp"
#include "simulation/trace.hpp"

namespace simulation {
namespace {

using Happens = Event::Kind;

constexpr std::uint64_t all_signals = ~(bit(SIGKILL) | bit(SIGSTOP));
constexpr int sender = 0;  // outside of the PID namespace, or a process that has ended since

}  // namespace

void Kernel::schedule(Event::Kind kind, Time after, std::uint32_t identity, int number) {
  if (event_count == static_cast<int>(events.size())) return;
  events[static_cast<std::size_t>(event_count++)] = {kind, now + after, identity, number};
  next_event = std::min(next_event, now + after);
}

void Kernel::draw_script() {
  auto draw = [&](int at_most, Event::Kind kind) {
    for (auto count = random.below(at_most + 1); count > 0; --count)
      schedule(kind, random.below(2 * settings.span), 0, static_cast<int>(random.below(1 << 16)));
  };
  draw(4, Happens::Signal);
  if (settings.first_process) {
    if (random.one_in(3)) draw(2, Happens::Arrival);
    if (settings.parent_death_signal != 0) draw(1, Happens::ParentDies);
  } else {
    draw(4, Happens::OutsideBirth);
    if (random.one_in(3)) draw(1, Happens::ParentDies);
  }
  if (settings.terminal) {
    draw(1, Happens::ControlC);
    draw(2, Happens::ControlZ);
  }
}

void Kernel::draw_life(Process& process) {
  process.handled = random.pick(std::array{std::uint64_t{0}, bit(SIGTERM), bit(SIGHUP) | bit(SIGTERM),
                                           all_signals, random.next() & all_signals});
  process.obeys = !random.one_in(4);
  process.reaps = random.one_in(2);
  process.other_user = random.one_in(64);
  process.unkillable = random.one_in(128);
  auto plan = [&](std::int64_t chances, Event::Kind kind) {
    if (random.one_in(chances))
      schedule(kind, random.below(2 * settings.span), process.identity,
               static_cast<int>(random.below(1 << 16)));
  };
  if (!random.one_in(6))
    schedule(Happens::Exit, random.below(2 * settings.span), process.identity,
             static_cast<int>(random.below(random.one_in(2) ? 2 : 256)));
  plan(2, Happens::Fork);
  plan(4, Happens::Fork);
  plan(8, Happens::Session);
  plan(8, Happens::OwnGroup);
  plan(8, Happens::JoinGroup);
  plan(12, Happens::EndMainThread);
  plan(16, Happens::Stop);
  plan(16, Happens::Continue);
  plan(12, Happens::Kill);
  plan(32, Happens::Trace);
}

void Kernel::tick() {
  constexpr Time length_of_a_call = microsecond;
  now += length_of_a_call;
  if (!started) return;
  while (next_event <= now) perform_next(now);
  if ((random.next() & (settings.race_rate - 1)) == 0) perform_next(now + 2 * settings.span);
}

bool Kernel::perform_next(Time at_most) {
  if (event_count == 0 || next_event > at_most) return false;
  std::span planned{events.data(), static_cast<std::size_t>(event_count)};
  auto next = std::ranges::find(planned, next_event, &Event::when);
  Event event = *next;
  note("event", static_cast<int>(event.kind), event.number);
  *next = events[static_cast<std::size_t>(--event_count)];
  next_event = INT64_MAX;
  for (const Event& left : planned.first(static_cast<std::size_t>(event_count)))
    next_event = std::min(next_event, left.when);
  perform(event);
  return true;
}

bool Kernel::stir() {
  if (settings.pause && !std::ranges::any_of(processes, [&](auto& p) { return p.lives() && in_charge(p); })) {
    send_to_init(SIGTERM, 0);
    return true;
  }
  for (Process& process : processes) {
    if (!process.lives() || !in_charge(process)) continue;
    end(process, CLD_KILLED, SIGKILL);
    return true;
  }
  return false;
}

void Kernel::perform(const Event& event) {
  switch (event.kind) {
    case Happens::Signal: {
      constexpr std::array usual{SIGTERM, SIGTERM, SIGHUP, SIGUSR1, SIGINT, SIGCHLD, SIGUSR2};
      int drawn = 1 + event.number % last_signal;
      bool is_usual = random.one_in(2) || drawn == SIGKILL || drawn == SIGSTOP;
      return send_to_init(is_usual ? random.pick(usual) : drawn, event.number);
    }
    case Happens::ParentDies: {
      if (parent_is_dead) return;
      parent_is_dead = true;
      if (Process* parent = find(init->parent)) release(*parent);
      init->parent = settings.first_process ? 0 : 1;
      siginfo_t info{};
      info.si_signo = parent_death_signal;
      if (parent_death_signal != 0) post(info);
      return;
    }
    case Happens::Arrival: {
      if (births > 16) return;
      ++births;
      Process& stranger = create(0, 0, 0, Kind::Actor);
      stranger.group = stranger.session = stranger.pid;
      stranger.reaps = false;
      return draw_life(stranger);
    }
    case Happens::OutsideBirth: {
      Process& other = create(1, 1, 1, Kind::Outside);
      return schedule(Happens::Exit, random.below(settings.span), other.identity);
    }
    case Happens::ControlC:
      return from_terminal(SIGINT);
    case Happens::ControlZ:
      return from_terminal(SIGTSTP);
    default:
      if (Process* process = find_identity(event.identity)) perform_on(*process, event);
  }
}

void Kernel::perform_on(Process& process, const Event& event) {
  if (!process.lives()) return;
  // One that is stopped does nothing by itself.
  bool by_itself = event.kind != Happens::Continue && event.kind != Happens::Kill;
  if (process.life == Life::Stopped && by_itself) return;
  bool leads = process.group == process.pid || process.session == process.pid;
  switch (event.kind) {
    case Happens::Exit:
      return end(process, CLD_EXITED, event.number & 0xff);
    case Happens::Fork:
      static_cast<void>(fork_actor(process));
      return;
    case Happens::Session:
      if (!leads) process.session = process.pid, move(process, process.pid);
      return;
    case Happens::OwnGroup:
      if (!leads) move(process, process.pid);
      return;
    case Happens::JoinGroup: {
      const Process* other = find(1 + event.number % max_pid);
      bool may = other != nullptr && in_charge(*other) && other->session == process.session;
      if (may && process.session != process.pid) move(process, other->group);
      return;
    }
    case Happens::EndMainThread:
      process.main_thread_ended = true;
      return;
    case Happens::Stop:
      return deliver(process, SIGSTOP);
    case Happens::Continue:
      return deliver(process, SIGCONT);
    case Happens::Kill:
      return deliver(process, 1 + event.number % last_signal);
    case Happens::Trace:
      if (process.parent != init->pid) return;
      process.traced = true;
      return deliver(process, SIGSTOP);
    default:
      return;
  }
}

void Kernel::send_to_init(int signal, int mode) {
  siginfo_t info{};
  info.si_signo = signal;
  info.si_pid = settings.first_process ? sender : max_pid + 1;
  info.si_code = SI_USER;
  if (mode % 3 == 0) {
    info.si_code = SI_QUEUE;
    info.si_value.sival_int = mode;
  }
  // Only the parent's end looks like this.
  if (signal == SIGCHLD) info.si_pid = max_pid + 1, info.si_code = SI_USER;
  static_cast<void>(post(info));
}

void Kernel::from_terminal(int signal) {
  siginfo_t info{};
  info.si_signo = signal;
  info.si_code = SI_KERNEL;
  if (init->group == foreground) static_cast<void>(post(info));
  for (Process& process : processes)
    if (process.kind == Kind::Actor && process.group == foreground) deliver(process, signal);
}

}  // namespace simulation

// Checks the deadlines, the remaining processes and the exit.
#include <algorithm>

#include "simulation/rules.hpp"
#include "simulation/trace.hpp"

namespace simulation {
namespace {

constexpr Time between_kills = 100 * millisecond;
constexpr Time between_looks = 100 * millisecond;
constexpr int most_kills = 50;
// Calls between init's look at the clock and its wait.
constexpr Time slack = 300 * microsecond;

Time after(Time moment, Time delay) { return moment == Moment::never ? moment : moment + delay; }

}  // namespace

void Rules::started(Process& program) {
  note("program starts", program.pid);
  program.is_program = true;
  ++running_;
}

void Rules::start_failed(Process* child, int status) {
  if (child != nullptr) child->is_program = false, --running_;
  program_ended(status);
}

void Rules::executes(std::uint64_t mask, std::uint64_t ignored) {
  beside_terminal_ |= kernel->self().group == kernel->init->group;
  const Settings& settings = kernel->settings;
  std::uint64_t inherited = settings.mask & ~(bit(SIGKILL) | bit(SIGSTOP));
  if (mask != (settings.first_process ? 0 : inherited)) throw Violation{"PROGRAM's signal mask"};
  bool child_ignored = (ignored & bit(SIGCHLD)) != 0;
  if (child_ignored != (!settings.first_process && settings.child_signal_ignored))
    throw Violation{"PROGRAM's disposition of SIGCHLD"};
  if (settings.first_process && ignored != 0) throw Violation{"PROGRAM inherits an ignored signal"};
}

bool Rules::others_live() const {
  return std::ranges::any_of(kernel->processes, [](const Process& process) {
    return process.exists() && kernel->in_charge(process) &&
           (kernel->settings.first_process || process.parent == kernel->init->pid || process.lives());
  });
}

void Rules::wakes(Wake by) {
  note("init wakes");
  ++kernel->step;
  debt_count_ = 0;
  may_terminate_ = may_continue_ = false;
  kernel->values_lost = false;
  others_at_start_ = others_live();
  asked_ = 0;
  woke_at_ = kernel->now;
  woke_by_ = by;
  spins_ = by == Wake::TimeOut && woke_at_ == waits_from_ ? spins_ + 1 : 0;
  if (spins_ > 8) throw Violation{"init spins"};
  for (Process& process : kernel->processes) process.received = {};
  if (woke_at_ < terminate_due(false) || !kernel->settings.has_clock) return;
  // Another wake-up in the moment in which the deadline may be: then init may ask, or not yet.
  bool is_due = by == Wake::TimeOut || woke_at_ >= terminate_due(true);
  terminated_ = true;
  if (is_due) owe(To::Remaining, SIGTERM, true);
}

void Rules::reaps(const Process& child) {
  note("init reaps, code, status", child.pid, child.code, child.status);
  if (!child.is_program) return;
  --running_;
  program_ended(child.code == CLD_EXITED ? child.status : 128 + child.status);
}

void Rules::finds_remaining() {
  if (running_ == 0 && !kernel->settings.pause && !alone_at_.has_come() && kills_ == 0)
    alone_at_.earliest = kernel->now;
}

void Rules::kills() {
  if (!may_kill()) throw Violation{"SIGKILL before its time"};
  if (killed_in_ != kernel->step) owe(To::Remaining, SIGKILL, false);
  killed_in_ = kernel->step;
  ++kills_;
  killed_at_.earliest = std::min(killed_at_.earliest, kernel->now);
}

void Rules::says(std::string_view message) {
  if (tracing) std::printf("%.*s", static_cast<int>(message.size()), message.data());
  if (message.starts_with("init: killing")) kills();
  said_leaving_ |= message.starts_with("init: leaving");
  said_blind_ |= message.starts_with("init: cannot use /proc");
}

void Rules::stopped_program() {
  if (kernel->settings.terminal) may_continue_ = true;
}

void Rules::unblocked(int signal) const { throw Violation{"a signal that init does not block", signal}; }

void Rules::hangs() const { throw Violation{"init waits for ever, and nothing is left to wait for"}; }

void Rules::moved(Process& process) {
  for (Debt& debt : debts_) debt.owed &= ~place(process), debt.unseen &= ~place(process);
}

void Rules::ended(Process& process) {
  for (Debt& debt : debts_) debt.owed &= ~place(process), debt.unseen &= ~place(process);
  if (!others_live()) empty_since_ = kernel->now;
  if (process.exists()) return;
  // Its place in the table is another's soon.
  for (Debt& debt : debts_) debt.named &= ~place(process);
}

Time Rules::kill_due(bool latest) const {
  const Settings& settings = kernel->settings;
  Time due = Moment::never;
  if (settings.grace != 0) due = after(latest ? stopped_at_.latest : stopped_at_.earliest, settings.grace);
  // Without a clock only a signal that is sent shows that the delay is over, and none may be permitted.
  if (settings.grace != 0 && !settings.has_clock && held_ != 0)
    due = after(held_at_.earliest, settings.stop_delay + settings.grace);
  if (settings.wait_all || settings.drain == 0) return due;
  return std::min(due, after(latest ? alone_at_.latest : alone_at_.earliest, settings.drain));
}

// The end of the moment that the remaining processes have to end by themselves.
Time Rules::moment_ends(bool latest) const {
  const Settings& settings = kernel->settings;
  if (settings.wait_all) return Moment::never;
  return after(latest ? alone_at_.latest : alone_at_.earliest,
               std::min(250 * millisecond, settings.drain / 2));
}

// The drain's SIGTERM.
Time Rules::terminate_due(bool latest) const {
  return terminated_ || kills_ > 0 || kernel->settings.drain == 0 ? Moment::never : moment_ends(latest);
}

// The latest time at which init must be awake.
Time Rules::next_due() const {
  const Settings& settings = kernel->settings;
  Time due = held_ != 0 ? after(held_at_.latest, settings.stop_delay) : Moment::never;
  if (kills_ > 0) return std::min(due, kernel->now + between_kills);
  return std::min({due, kill_due(true), terminate_due(true)});
}

void Rules::check_deadline(Time timeout) const {
  Time due = next_due();
  if (due == Moment::never || !kernel->settings.has_clock) return;
  if (timeout < 0) throw Violation{"init waits without a limit, and a deadline is set", due};
  if (kernel->now + timeout > std::max(due, kernel->now) + slack)
    throw Violation{"init would wake after a deadline", kernel->now + timeout - due};
}

void Rules::check_zombies() const {
  if ((kernel->pending & bit(SIGCHLD)) != 0) return;
  for (const Process& process : kernel->processes)
    if (process.life == Life::Zombie && process.parent == kernel->init->pid)
      throw Violation{"a zombie was not reaped", process.pid};
}

void Rules::check_end(Time timeout) const {
  if (must_exit_) throw Violation{"--pause did not end"};
  if (running_ > 0 || kernel->settings.pause || others_live() || others_at_start_) return;
  // No signal tells PID 1 of the end of a process that is not its child.
  Time limit = kernel->settings.first_process ? between_looks + slack : 0;
  bool too_late = kernel->now + timeout > std::max(kernel->now, empty_since_ + limit);
  if (timeout < 0 || (too_late && kernel->settings.has_clock))
    throw Violation{"init waits, and nothing is left"};
}

// When init woke.
bool Rules::delay_was_over() const {
  Time delay = kernel->settings.stop_delay;
  // Without a clock, time is what the kernel says has run out; and nothing else is waited for then.
  if (!kernel->settings.has_clock && (woke_by_ != Wake::TimeOut || running_ == 0)) return false;
  return woke_at_ >= after(woke_by_ == Wake::TimeOut ? held_at_.earliest : held_at_.latest, delay);
}

void Rules::waits(Time timeout, std::uint64_t wanted) {
  note("init waits for at most ns", timeout);
  waits_from_ = kernel->now;
  for (Moment* moment : {&held_at_, &stopped_at_, &alone_at_, &killed_at_})
    if (moment->has_come() && moment->latest == Moment::never) moment->latest = kernel->now;
  // Without a limit, init holds nothing any more: the signal was forwarded in the step that ends here.
  bool has_forwarded = timeout < 0 && kernel->now >= after(held_at_.earliest, kernel->settings.stop_delay);
  if (held_ != 0 && (delay_was_over() || has_forwarded)) {
    bool is_first = !stopping_;
    forward_stop(held_);
    // Perhaps it was forwarded in an earlier step, to nobody whom init may signal.
    if (is_first) stopped_at_ = {held_at_.earliest + kernel->settings.stop_delay, kernel->now};
  }
  check_debts();
  if ((kernel->pending & ~wanted) != 0) throw Violation{"a pending signal is not waited for"};
  check_zombies();
  if (kernel->pending == 0) {
    check_end(timeout);
    check_deadline(timeout);
  }
  bool has_children = kernel->has_children(kernel->init->pid);
  bool blind = running_ == 0 && !kernel->settings.pause && !has_children && kernel->pending == 0;
  if (blind && (timeout < 0 || timeout > between_looks))
    throw Violation{"init waits for a process whose end it is not told of"};
}

void Rules::asks_for_children() {
  constexpr int most = 8 * max_processes;
  if (++asked_ > most) throw Violation{"init asks for children without end"};
}

void Rules::exits(int status) {
  note("init exits with", status);
  check_debts();
  const Settings& settings = kernel->settings;
  if (settings.pause) {
    if (!must_exit_) throw Violation{"--pause ended by itself"};
    if (status != 0) throw Violation{"the status of --pause", status};
    return;
  }
  check_left(status);
  if (kernel->open_descriptors(Descriptor::Kind::Inherited) != 0)
    throw Violation{"an inherited descriptor is open"};
  if (kernel->open_descriptors(Descriptor::Kind::Stat) + kernel->open_descriptors(Descriptor::Kind::Process) +
          kernel->open_descriptors(Descriptor::Kind::Directory) !=
      0)
    throw Violation{"a descriptor was not closed"};
}

void Rules::check_left(int status) const {
  const Settings& settings = kernel->settings;
  bool gave_up = kills_ > 0 && kernel->now >= killed_at_.earliest + (most_kills - 1) * between_kills;
  if (running_ > 0 && !gave_up) throw Violation{"init ended before PROGRAM"};
  int expected = settings.exit_code(first_status_ < 0 ? 128 + SIGKILL : first_status_);
  if (status != expected) throw Violation{"the exit status", status};
  if ((gave_up && said_leaving_) || (settings.drain == 0 && !settings.wait_all && kills_ == 0)) return;
  for (const Process& process : kernel->processes)
    if ((gave_up ? process.lives() : process.exists()) && kernel->in_charge(process) &&
        process.born_in != kernel->step && (settings.first_process || process.parent == kernel->init->pid))
      throw Violation{"init left a process without a word", process.pid};
}

}  // namespace simulation

// The signals that init owes, and those that it may send.
#include "simulation/rules.hpp"

#include "simulation/trace.hpp"

namespace simulation {

Rules* rules = nullptr;

std::uint32_t Rules::place(const Process& process) const {
  return std::uint32_t{1} << (&process - kernel->processes.data());
}

bool Rules::names_everything() const { return kernel->settings.scope == Scope::All || running_ == 0; }

bool Rules::is_named(const Process& process) const {
  const Settings& settings = kernel->settings;
  if (process.is_program) return true;
  if (names_everything()) return is_remaining(process);
  return settings.scope == Scope::Group && is_in_group_of_program(process);
}

bool Rules::is_in_group_of_program(const Process& process) const {
  const Process* leader = kernel->find(process.group);
  return leader != nullptr && leader->is_program;
}

// Without a /proc, no descendant can be found but by its group.
bool Rules::is_remaining(const Process& process) const {
  if (kernel->settings.first_process || kernel->settings.proc == Proc::Own) return kernel->in_charge(process);
  return is_in_group_of_program(process);
}

bool Rules::can_be_found(const Process& process) const {
  if (kernel->settings.first_process || kernel->settings.shows_processes()) return true;
  return process.is_program || is_in_group_of_program(process);
}

void Rules::owe(To scope, int signal, bool and_continue, const siginfo_t* info) {
  Debt& debt = debts_[static_cast<std::size_t>(debt_count_++)];
  bool has_value = info != nullptr && info->si_code == SI_QUEUE;
  debt = {signal, and_continue, has_value, has_value ? info->si_value.sival_int : 0, 0, 0, 0};
  for (const Process& process : kernel->processes) {
    if (!process.exists() || &process == kernel->init) continue;
    if (scope == To::Scope ? !is_named(process) : !is_remaining(process)) continue;
    debt.named |= place(process);
    bool is_new = process.born_in == kernel->step;  // perhaps after the signal was due
    if (process.lives() && !process.other_user && !is_new)
      (can_be_found(process) ? debt.owed : debt.unseen) |= place(process);
  }
}

// The contract's section on signals, as briefly as possible.
void Rules::arrive(int signal, const siginfo_t* info) {
  const Settings& settings = kernel->settings;
  if (settings.pause) {
    must_exit_ |= signal == SIGTERM || signal == SIGINT || settings.is_stop(signal);
    return;
  }
  int to = settings.rewritten(signal);
  if (to == 0) return;
  if (settings.is_stop(signal) || settings.is_stop(to)) return request_stop(to, info);
  if (running_ > 0 || settings.scope == Scope::All || settings.wait_all) owe(To::Scope, to, false, info);
}

void Rules::request_stop(int to, const siginfo_t* info) {
  const Settings& settings = kernel->settings;
  if (running_ == 0 && kills_ > 0) return;
  if (running_ == 0 && !settings.wait_all) {
    may_terminate_ = true;
    if (!stopping_) stopped_at_ = {woke_at_, Moment::never};
    stopping_ = terminated_ = true;
    return owe(To::Remaining, SIGTERM, true);
  }
  if (settings.stop_delay == 0 || stopping_ || held_ != 0) return forward_stop(to, info);
  held_ = to;
  held_at_ = {kernel->now, Moment::never};
}

void Rules::forward_stop(int to, const siginfo_t* info) {
  held_ = 0;
  if (!stopping_) stopped_at_ = {woke_at_, Moment::never};
  stopping_ = true;
  owe(To::Scope, to, true, info);
}

void Rules::takes(const siginfo_t& info) {
  note("init takes signal, code, sender", info.si_signo, info.si_code, info.si_pid);
  const Settings& settings = kernel->settings;
  if (info.si_signo == SIGCHLD) {
    bool from_kernel = settings.first_process && info.si_code == SI_USER && info.si_pid == 0;
    if (from_kernel && settings.parent_death_signal != 0 && !parent_seen_) {
      parent_seen_ = true;
      arrive(settings.parent_death_signal, nullptr);
    }
    return;
  }
  if (info.si_pid == kernel->init->pid && info.si_code != SI_KERNEL) return;
  if ((settings.session || beside_terminal_) && info.si_code == SI_KERNEL) return;
  arrive(info.si_signo, &info);
}

void Rules::reads_parent() {
  const Settings& settings = kernel->settings;
  if (!kernel->parent_is_dead || settings.first_process || parent_seen_) return;
  if (settings.parent_death_signal == 0) return;
  parent_seen_ = true;
  // One that dies before init asks for it the first time is nobody that init knows.
  if (kernel->parent_death_signal == 0) return;
  bool was_held = held_ != 0;
  arrive(settings.parent_death_signal, nullptr);
  // init read its clock before it looked for its parent, and may have been stopped between the two.
  if (!was_held && held_ != 0) held_at_.earliest = woke_at_;
}

void Rules::program_ended(int status) {
  if (first_status_ < 0) first_status_ = status;
  int held = held_;
  held_ = 0;
  if (running_ > 0 && !stopping_) {
    int own = kernel->settings.rewritten(kernel->settings.stop_signal());
    forward_stop(own != 0 ? own : kernel->settings.stop_signal());
  } else if (kernel->settings.wait_all && held != 0) {
    forward_stop(held);
  }
}

bool Rules::may_kill() const { return kernel->now >= kill_due(false); }

bool Rules::is_permitted(const Process& process, int signal) const {
  const Settings& settings = kernel->settings;
  for (int i = 0; i < debt_count_; ++i) {
    const Debt& debt = debts_[static_cast<std::size_t>(i)];
    if (debt.signal != signal && !(debt.and_continue && signal == SIGCONT)) continue;
    // It may have left the group since init looked.
    bool has_left = process.moved_in == kernel->step && settings.scope == Scope::Group;
    if ((debt.named & place(process)) != 0 || is_named(process) || has_left) return true;
  }
  // The end of the delay is the only signal that nothing has announced in this step.
  bool delay_is_over = held_ != 0 && kernel->now >= held_at_.earliest + settings.stop_delay;
  if (delay_is_over && (signal == held_ || signal == SIGCONT) && is_named(process)) return true;
  if (may_continue_ && (signal == SIGCONT || signal == SIGTSTP)) return true;
  if (!kernel->in_charge(process)) return false;
  if (signal == SIGKILL && may_kill()) return true;
  bool asks = signal == SIGTERM || signal == SIGCONT;
  return asks && running_ == 0 && (kernel->now >= moment_ends(false) || may_terminate_);
}

void Rules::delivers(Process& process, int signal, const int* value) {
  note("init sends signal to", signal, process.pid);
  const Settings& settings = kernel->settings;
  if (held_ != 0 && kernel->now >= held_at_.earliest + settings.stop_delay && signal == held_)
    forward_stop(held_);
  if (!is_permitted(process, signal)) {
    // Without a descriptor that stands for the process, the moment between a look and a signal remains.
    bool guarded = settings.pidfd == Pidfd::Works;
    bool is_new = process.born_in == kernel->step;
    if (guarded || !is_new)
      throw Violation{process.is_program ? "PROGRAM got a signal that is not due"
                                         : "a signal went to a process that is not named",
                      signal};
  }
  if (signal == SIGTERM && running_ == 0) terminated_ = true;
  if (value == nullptr) return;
  for (int i = 0; i < debt_count_; ++i)
    if (debts_[static_cast<std::size_t>(i)].has_value && debts_[static_cast<std::size_t>(i)].value == *value)
      return;
  throw Violation{"a value was made up", *value};
}

void Rules::check_debts() const {
  for (int i = 0; i < debt_count_; ++i) {
    const Debt& debt = debts_[static_cast<std::size_t>(i)];
    for (const Process& process : kernel->processes) {
      bool is_received = process.received[static_cast<std::size_t>(debt.signal)] != 0;
      if ((debt.unseen & place(process)) != 0 && !is_received && !said_blind_)
        throw Violation{"init left a process out without a word", debt.signal};
      if ((debt.owed & place(process)) == 0) continue;
      if (!is_received) throw Violation{"a process that is named did not get the signal", debt.signal};
      if (debt.and_continue && process.received[SIGCONT] == 0)
        throw Violation{"no SIGCONT followed the stop signal", debt.signal};
      bool keeps_value =
          kernel->settings.shows_processes() || (kernel->settings.scope == Scope::Program && running_ > 0);
      if (debt.has_value && keeps_value && !kernel->values_lost && !debt.and_continue && debt_count_ == 1 &&
          process.value != debt.value)
        throw Violation{"the value was lost", debt.signal};
    }
  }
}

}  // namespace simulation

// Signals: pending ones merge, a stop and a continue undo each other, and real-time ones queue.
#include <errno.h>

#include <bit>

#include "simulation/kernel.hpp"
#include "simulation/rules.hpp"
#include "simulation/trace.hpp"

namespace simulation {
namespace {

constexpr std::uint64_t stops = bit(SIGSTOP) | bit(SIGTSTP) | bit(SIGTTIN) | bit(SIGTTOU);
constexpr std::uint64_t ignored_by_default = bit(SIGCHLD) | bit(SIGURG) | bit(SIGWINCH) | bit(SIGCONT);
constexpr std::uint64_t synchronous =
    bit(SIGSEGV) | bit(SIGBUS) | bit(SIGILL) | bit(SIGTRAP) | bit(SIGFPE) | bit(SIGSYS);

bool is_realtime(int signal) { return signal >= 32; }

}  // namespace

int Kernel::send_one_from_init(Process& process, const siginfo_t& info) {
  if (process.other_user) return EPERM;
  int signal = info.si_signo;
  if (signal == 0) return 0;
  bool valued = info.si_code == SI_QUEUE;
  rules->delivers(process, signal, valued ? &info.si_value.sival_int : nullptr);
  if (!process.lives()) return 0;
  if (valued) process.value = info.si_value.sival_int;
  if (process.received[static_cast<std::size_t>(signal)] < 255)
    ++process.received[static_cast<std::size_t>(signal)];
  deliver(process, signal);
  return 0;
}

int Kernel::send_from_init(int target, const siginfo_t& info) {
  if (target > 0) {
    Process* process = find(target);
    return process == nullptr ? ESRCH : send_one_from_init(*process, info);
  }
  int group = target == 0 ? init->group : -target;
  int result = ESRCH;
  for (Process& process : processes) {
    if (!process.exists() || (target != -1 && process.group != group)) continue;
    if (&process == init) {
      if (target == -1) continue;
      if (info.si_signo != 0) post(info);
      result = 0;
      continue;
    }
    if (target == -1 && process.pid == 1) continue;
    int sent = send_one_from_init(process, info);
    // kill(-1) succeeds even if no process may be signalled.
    if (target == -1) sent = 0;
    if (result != 0) result = sent;
  }
  return result;
}

void Kernel::deliver(Process& process, int signal, int value) {
  if (!process.lives() || signal == 0 || process.kind == Kind::Outside) return;
  if (value != 0) process.value = value;
  if (signal == SIGKILL) {
    if (!process.unkillable) end(process, CLD_KILLED, SIGKILL);
    return;
  }
  if (signal == SIGCONT) return resume(process);
  std::uint64_t mask = bit(signal);
  if ((mask & stops) != 0 && (signal == SIGSTOP || (process.handled & mask) == 0))
    return stop(process, signal);
  if (process.life == Life::Stopped || (process.blocked & mask) != 0) {
    process.pending |= mask;
    return;
  }
  act_on(process, signal);
}

void Kernel::stop(Process& process, int signal) {
  if (process.life == Life::Stopped) return;
  process.life = Life::Stopped;
  note("stops", process.pid, signal);
  process.stopped_by = signal;
  process.stop_unreported = true;
  if (process.parent == init->pid) post_child(process, CLD_STOPPED, signal);
}

void Kernel::resume(Process& process) {
  process.pending &= ~stops;
  if (process.life != Life::Stopped) return;
  process.life = Life::Running;
  process.stop_unreported = process.traced = false;
  if (process.parent == init->pid) post_child(process, CLD_CONTINUED, SIGCONT);
  while (process.lives() && process.pending != 0) {
    int signal = std::countr_zero(process.pending) + 1;
    process.pending &= ~bit(signal);
    act_on(process, signal);
  }
}

void Kernel::act_on(Process& process, int signal) {
  std::uint64_t mask = bit(signal);
  if ((process.handled & mask) != 0) {
    bool asked = signal == SIGTERM || settings.is_stop(signal);
    if (asked && process.obeys) schedule(Event::Kind::Exit, random.below(settings.span), process.identity, 7);
    return;
  }
  if ((ignored_by_default & mask) == 0) end(process, CLD_KILLED, signal);
}

bool Kernel::post(const siginfo_t& info) {
  note("signal for init, code", info.si_signo, info.si_code);
  int signal = info.si_signo;
  std::uint64_t mask = bit(signal);
  if ((init->blocked & mask) == 0) {
    rules->unblocked(signal);
    return true;
  }
  if (signal == SIGCONT) pending &= ~stops;
  if ((mask & stops) != 0) pending &= ~bit(SIGCONT);
  if (!is_realtime(signal)) {
    if ((pending & mask) == 0) infos[static_cast<std::size_t>(signal)] = info;
    pending |= mask;
    return true;
  }
  if (queued == static_cast<int>(queue.size())) {
    if (info.si_code == SI_QUEUE) return false;
    pending |= mask;  // it arrives without its sender
    return true;
  }
  queue[static_cast<std::size_t>(queued++)] = info;
  pending |= mask;
  return true;
}

void Kernel::post_child(const Process& child, int code, int status) {
  siginfo_t info{};
  info.si_signo = SIGCHLD;
  info.si_code = code;
  info.si_pid = child.pid;
  info.si_status = status;
  if ((init->blocked & bit(SIGCHLD)) != 0) post(info);
}

bool Kernel::take(siginfo_t& info, std::uint64_t wanted) {
  std::uint64_t ready = pending & wanted;
  if (ready == 0) return false;
  if ((ready & synchronous) != 0) ready &= synchronous;
  int signal = std::countr_zero(ready) + 1;
  if (!is_realtime(signal)) {
    info = infos[static_cast<std::size_t>(signal)];
    pending &= ~bit(signal);
    return true;
  }
  info = {};
  info.si_signo = signal;
  int more = 0, found = -1;
  for (int i = 0; i < queued; ++i) {
    if (queue[static_cast<std::size_t>(i)].si_signo != signal) continue;
    if (found < 0) found = i;
    ++more;
  }
  if (found >= 0) {
    info = queue[static_cast<std::size_t>(found)];
    for (int i = found + 1; i < queued; ++i)
      queue[static_cast<std::size_t>(i - 1)] = queue[static_cast<std::size_t>(i)];
    --queued;
  }
  if (more <= 1) pending &= ~bit(signal);
  return true;
}

}  // namespace simulation

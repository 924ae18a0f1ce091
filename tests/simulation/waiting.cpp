// The calls about signals, and about the ends of children.
#include <errno.h>
#include <poll.h>
#include <sys/wait.h>

#include <algorithm>

#include "simulation/calls.hpp"
#include "simulation/rules.hpp"

namespace simulation {
namespace {

// A debugger, or the freezer: the wait is over too early, or much too late.
bool is_interrupted() {
  if (!kernel->settings.interrupts || !kernel->random.one_in(16)) return false;
  kernel->now += kernel->random.below(kernel->random.one_in(4) ? 3 * second : millisecond);
  return true;
}

long wake(int error) {
  rules->wakes(error == EAGAIN ? Rules::Wake::TimeOut : Rules::Wake::Signal);
  return fail(error);
}

Process* waitable_child(int which, int options) {
  for (Process& process : kernel->processes) {
    if (!process.exists() || process.parent != kernel->init->pid) continue;
    if (which > 0 && process.pid != which) continue;
    bool stopped = process.stop_unreported && (options & WSTOPPED) != 0;
    if (process.life == Life::Zombie || stopped) return &process;
  }
  return nullptr;
}

bool has_child(int which) {
  return std::ranges::any_of(kernel->processes, [&](const Process& process) {
    return process.exists() && process.parent == kernel->init->pid && (which <= 0 || process.pid == which);
  });
}

// Takes what was reported: the zombie, or the news of the stop.
void consume(Process& child) {
  if (child.life == Life::Zombie) {
    Process reaped = child;
    kernel->release(child);
    rules->reaps(reaped);
    return;
  }
  child.stop_unreported = false;
  if (!child.traced) rules->stopped_program();
}

}  // namespace

int wait_by_id(int which, siginfo_t* info, int options) {
  if (!kernel->settings.has_waitid) return fail(EPERM);
  if (!kernel->settings.waitid_takes_wall && (options & __WALL) != 0) return fail(EINVAL);
  if (!has_child(which)) {
    rules->finds_remaining();
    return fail(ECHILD);
  }
  Process* child = waitable_child(which, options);
  if (child == nullptr) {
    rules->finds_remaining();
    return 0;
  }
  info->si_signo = SIGCHLD;
  info->si_pid = child->pid;
  bool ended = child->life == Life::Zombie;
  info->si_code = ended ? child->code : child->traced ? CLD_TRAPPED : CLD_STOPPED;
  info->si_status = ended ? child->status : child->stopped_by;
  if ((options & WNOWAIT) == 0) consume(*child);
  return 0;
}

long wait_by_status(int which, int* status, int options) {
  if (!has_child(which)) {
    rules->finds_remaining();
    return fail(ECHILD);
  }
  Process* child = waitable_child(which, options | WEXITED);
  if (child == nullptr) {
    rules->finds_remaining();
    return 0;
  }
  int pid = child->pid;
  if (child->life != Life::Zombie)
    *status = child->stopped_by << 8 | 0x7f;
  else
    *status = child->code == CLD_EXITED ? child->status << 8 : child->status;
  consume(*child);
  return pid;
}

long wait_for_signal(std::uint64_t wanted, siginfo_t& info, const long* timeout) {
  constexpr Time for_ever = -1;
  Time limit = timeout == nullptr ? for_ever : timeout[0] * second + timeout[1];
  rules->waits(limit, wanted);
  Time end = limit < 0 ? INT64_MAX : kernel->now + limit;
  for (;;) {
    if (kernel->take(info, wanted)) {
      rules->wakes(Rules::Wake::Signal);
      rules->takes(info);
      return info.si_signo;
    }
    if (is_interrupted()) return wake(EINTR);
    if (kernel->perform_next(end)) continue;
    if (limit >= 0) {
      kernel->now = std::max(kernel->now, end);
      // Nothing else may end a process for which init looks again and again.
      if (kernel->event_count == 0 && kernel->random.one_in(64)) kernel->stir();
      return wake(EAGAIN);
    }
    if (!kernel->stir()) rules->hangs();
  }
}

// init takes the SIGCONT that ended its own stop, and forwards it to nobody.
long take_pending(std::uint64_t wanted) {
  siginfo_t info{};
  return kernel->take(info, wanted) ? info.si_signo : fail(EAGAIN);
}

long change_mask(int how, const std::uint64_t* set, std::uint64_t* before) {
  std::uint64_t& mask = kernel->self().blocked;
  if (before != nullptr) *before = mask;
  mask = how == SIG_BLOCK ? mask | *set : *set;
  mask &= ~(bit(SIGKILL) | bit(SIGSTOP));
  kernel->started = true;
  return 0;
}

long change_action(int signal, const unsigned long* action, unsigned long* before) {
  if (signal == SIGKILL || signal == SIGSTOP) return fail(EINVAL);
  bool in_child = kernel->current != kernel->init;
  std::uint64_t& ignored = in_child ? kernel->child_ignored : kernel->ignored;
  auto ignore = reinterpret_cast<unsigned long>(SIG_IGN);
  before[0] = (ignored & bit(signal)) != 0 ? ignore : 0;
  ignored &= ~bit(signal);
  if (action[0] == ignore) ignored |= bit(signal);
  return 0;
}

// With a descriptor: asks whether a message can be written. Without: lets the terminal's stop, which init has
// sent to its own group, act on init.
long poll(const Arguments& arguments) {
  if (arguments[1] > 0) {
    reinterpret_cast<pollfd*>(arguments[0])->revents = POLLOUT;
    return 1;
  }
  if ((kernel->pending & bit(SIGTSTP)) == 0) return 0;
  kernel->pending &= ~bit(SIGTSTP);
  if (kernel->settings.orphaned) return 0;
  // The shell continues its job some time later, in the foreground or not.
  kernel->now += kernel->random.below(second);
  if (kernel->random.one_in(2)) kernel->foreground = kernel->init->group;
  siginfo_t info{};
  info.si_signo = SIGCONT;
  info.si_pid = max_pid + 1;
  kernel->post(info);
  return fail(EINTR);
}

}  // namespace simulation

#include "init/loop.hpp"

#include <errno.h>

#include "init/process_scan.hpp"
#include "init/report.hpp"
#include "sys/clock.hpp"

namespace init {

void Loop::add(const Spawned& program) {
  signaller_.programs().add(program.process);
  if (foreground_ == 0) foreground_ = program.process;
  if (program.group == Group::Inits) outside_terminal_ = true;
}

void Loop::watch_parent(sys::ProcessId parent) {
  parent_ = parent;
  watches_parent_ = true;
}

void Loop::spawn_failed(int status) { perform(supervisor_.on(ProgramEnded{status, now()})); }

// Never goes backwards. If the clock is refused, the time-outs of the kernel's waits count as time.
Instant Loop::now() { return now_ = std::max(now_, sys::now()); }

int Loop::run() {
  check_parent(nullptr);
  // Children that existed before init's own execve may have ended already, and their SIGCHLD with them.
  reap();
  while (!finished_) step();
  if (verbose_) report_exit(status_);
  return status_;
}

void Loop::step() {
  Instant deadline = supervisor_.deadline();
  bool timed = deadline != Instant::never();
  __attribute__((uninitialized)) sys::SignalInfo info;
  auto waited =
      sys::wait_for_any_signal(info, timed ? std::max(Duration{}, deadline - now()) : sys::for_ever);
  if (waited)
    on_signal(info);
  else if (waited.error().code == EAGAIN)
    now_ = std::max(now_, deadline);
  else if (waited.error().code != EINTR)
    wait_for_children(waited.error());
  if (timed && !finished_) perform(supervisor_.on(TimePassed{now()}));
}

// A kernel that cannot wait for signals still reports children. --pause has no children, so it has nothing
// left to wait for.
void Loop::wait_for_children(base::Error error) {
  bool can_wait = static_cast<bool>(sys::peek_child(sys::Wait::Block));
  reap();
  if (!can_wait && !finished_) fail("rt_sigtimedwait", error);
}

// No call is left with which init could wait: it would spin, or hang forever, if it went on.
void Loop::fail(const char* call, base::Error error) {
  report_failed(call, error);
  finish(status_init_failed);
}

void Loop::on_signal(sys::SignalInfo& info) {
  if (info.si_signo == SIGCHLD) {
    check_parent(&info);
    reap();
    return;
  }
  // Do not forward signals that init caused itself (SIGPIPE, its own SIGTSTP).
  if (info.si_pid == inherited_.self) return;
  if (outside_terminal_ && sys::is_from_terminal(info)) return;
  perform(supervisor_.on(SignalArrived{sys::number_of(info), now()}), &info);
}

// The kernel sends SIGCHLD when the parent dies, because --parent-death-signal asked for it. If the parent is
// outside of the PID namespace, only the signal itself tells; otherwise the parent's PID changes.
void Loop::check_parent(const sys::SignalInfo* cause) {
  if (!watches_parent_) return;
  bool from_kernel = cause != nullptr && cause->si_code == SI_USER && cause->si_pid == 0;
  bool died = parent_ == 0 ? from_kernel : sys::parent_id() != parent_;
  if (!died) return;
  watches_parent_ = false;
  perform(supervisor_.on(ParentDied{now()}));
}

void Loop::reap() {
  Remaining remaining = Remaining::Children;
  for (;;) {
    sys::ProcessId next = sys::any_child;
    __attribute__((uninitialized)) ProcessStat stat;
    if (warns_reaped_) {
      // Its name can be read only while it is a zombie, so reap only the process whose name was read.
      auto peeked = sys::peek_child(sys::Wait::Return);
      if (peeked && peeked->process == 0) break;
      if (peeked) next = peeked->process;
      if (!proc_shows_namespace(inherited_.self) || !stat.read(next)) stat.clear();
    }
    auto child = sys::reap_child(next);
    if (!child && child.error().code != ECHILD) return fail("wait4", child.error());
    if (!child) remaining = remaining_without_children();
    if (!child || child->process == 0) break;
    if (child->is_traced())
      sys::stop_tracing(child->process, child->stop_signal());
    else if (child->has_stopped())
      on_stopped(*child);
    else
      on_ended(*child, stat.facts().name);
  }
  if (supervisor_.has_programs()) return;
  // Do not read the clock for nothing: most runs end here.
  perform(supervisor_.on(Reaped{remaining, remaining == Remaining::None ? Instant{} : now()}));
}

// PID 1's namespace may have processes that it neither started nor adopted: docker exec brings them.
Remaining Loop::remaining_without_children() const {
  bool strangers = !supervisor_.has_programs() && inherited_.is_first_process() && sys::others_exist();
  return strangers ? Remaining::Strangers : Remaining::None;
}

void Loop::on_ended(const sys::ChildStatus& child, std::string_view name) {
  if (!signaller_.programs().remove(child.process)) {
    if (warns_reaped_) report_reaped(name, child);
    return;
  }
  if (foreground_ == child.process) terminal_.take_back_from(child.process);
  if (verbose_) report_ended(child);
  bool needs_time = !signaller_.programs().empty() || supervisor_.deadline() != Instant::never();
  perform(supervisor_.on(ProgramEnded{child.exit_status(), needs_time ? now() : Instant{}}));
}

void Loop::on_stopped(const sys::ChildStatus& child) {
  if (!terminal_.exists()) return;
  bool first = inherited_.is_first_process();
  bool is_program = signaller_.programs().has(child.process);
  // A process that PID 1 adopted has no shell that would continue it either.
  if (!first && !is_program) return;
  Place place = first ? Place::FirstProcess : Place::OnTerminal;
  Action action = supervisor_.on(ProgramStopped{child.stop_signal(), place});
  if (!is_program && action.kind == Action::Kind::Continue)
    static_cast<void>(sys::send_signal(child.process, SIGCONT));
  perform(action);
}

void Loop::perform(Action action, sys::SignalInfo* cause) {
  switch (action.kind) {
    case Action::Kind::Nothing:
      return;
    case Action::Kind::DelayStop:
      if (verbose_) {
        Signal arrived = cause == nullptr ? action.signal : sys::number_of(*cause);
        report_signal("holding ", arrived, arrived);
      }
      return;
    case Action::Kind::Forward:
      return forward(action, cause);
    case Action::Kind::TerminateRemaining:
      if (verbose_) report("asking the rest to stop");
      signaller_.send_to_remaining(SIGTERM);
      signaller_.send_to_remaining(SIGCONT);
      return;
    case Action::Kind::KillRemaining:
      return signaller_.kill_remaining(std::exchange(killed_, true) ? Naming::Silent : Naming::Named);
    case Action::Kind::Continue:
      return signaller_.continue_groups();
    case Action::Kind::Suspend:
      return suspend(action.signal);
    case Action::Kind::CheckRemaining:
      return reap();
    case Action::Kind::GiveUp:
      signaller_.report_remaining();
      return finish(action.status);
    case Action::Kind::Exit:
      return finish(action.status);
  }
}

void Loop::finish(int status) {
  finished_ = true;
  status_ = status;
}

void Loop::forward(Action action, sys::SignalInfo* cause) {
  if (verbose_)
    report_signal("forwarding ", cause == nullptr ? action.signal : sys::number_of(*cause), action.signal);
  if (cause != nullptr && sys::has_value(*cause))
    signaller_.queue(*cause, action.signal);
  else
    signaller_.send(action.signal);
  if (action.and_continue) signaller_.send(SIGCONT);
}

// Job control as the shell expects it: the whole job stops, and if it is continued in the foreground, PROGRAM
// has the terminal again.
void Loop::suspend(Signal by) {
  // PROGRAM wanted the terminal, and init has got it meanwhile: there is no reason to stop.
  bool gets_terminal = (by == SIGTTIN || by == SIGTTOU) && terminal_.is_ours();
  // In an orphaned group init does not stop, since no shell could continue it. Then undo Ctrl-Z.
  if (!gets_terminal && !sys::stop_with_group() && by != SIGTSTP) return;
  if (terminal_.is_ours()) static_cast<void>(terminal_.give_to(foreground_));
  signaller_.continue_groups();
}

}  // namespace init

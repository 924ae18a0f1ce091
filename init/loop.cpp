#include "init/loop.hpp"

#include <errno.h>

#include "init/process_scan.hpp"
#include "init/report.hpp"
#include "sys/clock.hpp"

namespace init {

void Loop::add(sys::ProcessId program) {
  signaller_.programs().add(program);
  if (foreground_ == 0) foreground_ = program;
}

void Loop::spawn_failed(int status) { perform(supervisor_.on(ProgramEnded{status, sys::now()})); }

int Loop::run() {
  check_parent(nullptr);
  // What init was given by exec may be dead already, and its SIGCHLD past.
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
      sys::wait_for_any_signal(info, timed ? std::max(Duration{}, deadline - sys::now()) : sys::for_ever);
  if (waited)
    on_signal(info);
  else if (waited.error().code != EAGAIN)
    wait_for_children(waited.error());
  if (timed) perform(supervisor_.on(TimePassed{sys::now()}));
}

// A kernel that cannot wait for signals still reports children; --pause, without any, has nothing left to
// wait for.
void Loop::wait_for_children(base::Error error) {
  bool can_wait = static_cast<bool>(sys::peek_child(sys::Wait::Block));
  reap();
  if (!can_wait && !finished_) fail("rt_sigtimedwait", error);
}

// Nothing is left that init could wait with: to go on would be to spin, or to hang forever.
void Loop::fail(const char* call, base::Error error) {
  report_failed(call, error);
  finished_ = true, status_ = status_init_failed;
}

void Loop::on_signal(sys::SignalInfo& info) {
  if (info.si_signo == SIGCHLD) {
    check_parent(&info);
    reap();
    return;
  }
  // What the kernel sends for init's own writes, and init's own stop, is not PROGRAM's.
  if (info.si_pid == inherited_.self) return;
  perform(supervisor_.on(SignalArrived{sys::number_of(info), sys::now()}), &info);
}

// The kernel sends SIGCHLD at the parent's end, as --parent-death-signal has told it to. From inside a PID
// namespace whose parent is outside, only the signal itself tells; elsewhere the parent's PID has changed.
void Loop::check_parent(const sys::SignalInfo* cause) {
  if (!watches_parent_) return;
  bool from_kernel = cause != nullptr && cause->si_code == SI_USER && cause->si_pid == 0;
  bool died = parent_ == 0 ? from_kernel : sys::parent_id() != parent_;
  if (!died) return;
  watches_parent_ = false;
  perform(supervisor_.on(ParentDied{sys::now()}));
}

void Loop::reap() {
  Remaining remaining = Remaining::Some;
  for (;;) {
    sys::ProcessId next = sys::any_child;
    __attribute__((uninitialized)) ProcessStat stat;
    if (warns_reaped_) {
      // Its name can be read only while it is a zombie; and only the one whose name was read is taken.
      auto peeked = sys::peek_child(sys::Wait::Return);
      if (peeked && peeked->process == 0) break;
      if (peeked) next = peeked->process;
      stat.read(next);
    }
    auto child = sys::reap_child(next);
    if (!child && child.error().code != ECHILD) return fail("wait4", child.error());
    if (!child) remaining = Remaining::None;
    if (!child || child->process == 0) break;
    if (child->has_stopped())
      on_stopped(*child);
    else
      on_ended(*child, stat.facts().name);
  }
  if (supervisor_.has_programs()) return;
  // The clock is not read for nothing: most runs end here.
  perform(supervisor_.on(Reaped{remaining, remaining == Remaining::Some ? sys::now() : Instant{}}));
}

void Loop::on_ended(const sys::ChildStatus& child, std::string_view name) {
  if (!signaller_.programs().remove(child.process)) {
    if (warns_reaped_) report_reaped(name, child);
    return;
  }
  if (foreground_ == child.process) terminal_.take_back_from(child.process);
  if (verbose_) report_ended(child);
  Instant now = signaller_.programs().empty() ? Instant{} : sys::now();
  perform(supervisor_.on(ProgramEnded{child.exit_status(), now}));
}

void Loop::on_stopped(const sys::ChildStatus& child) {
  if (!signaller_.programs().has(child.process) || !terminal_.exists()) return;
  Place place = inherited_.is_first_process() ? Place::FirstProcess : Place::OnTerminal;
  perform(supervisor_.on(ProgramStopped{child.stop_signal(), place}));
}

void Loop::perform(Action action, sys::SignalInfo* cause) {
  switch (action.kind) {
    case Action::Kind::Nothing:
      return;
    case Action::Kind::DelayStop:
      if (verbose_) report_signal("holding ", sys::number_of(*cause), sys::number_of(*cause));
      return;
    case Action::Kind::Forward:
      return forward(action, cause);
    case Action::Kind::TerminateRemaining:
      if (verbose_) report("asking what is left to stop");
      signaller_.send_to_remaining(SIGTERM);
      signaller_.send_to_remaining(SIGCONT);
      return;
    case Action::Kind::KillRemaining:
      return signaller_.kill_remaining(std::exchange(killed_, true) ? Naming::Silent : Naming::Named);
    case Action::Kind::Continue:
      return signaller_.continue_groups();
    case Action::Kind::Suspend:
      return suspend(action.signal);
    case Action::Kind::Exit:
      finished_ = true, status_ = action.status;
  }
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

// Job control as the shell expects it: the whole job stops, and where it is continued in the foreground,
// PROGRAM has the terminal again.
void Loop::suspend(Signal by) {
  // It wanted the terminal, which has come to init meanwhile: there is nothing to stop for.
  bool gets_terminal = (by == SIGTTIN || by == SIGTTOU) && terminal_.is_ours();
  if (!gets_terminal) sys::stop_with_group();
  if (terminal_.is_ours()) terminal_.give_to(foreground_);
  signaller_.continue_groups();
}

}  // namespace init

#include "init/signaller.hpp"

#include <errno.h>

#include <utility>

#include "init/process_scan.hpp"
#include "init/report.hpp"

namespace init {
namespace {

constexpr sys::ProcessId everyone = -1;

// A process that is gone already is no failure: its end is on its way to us.
void send_one(sys::ProcessId target, Signal signal) {
  auto sent = sys::send_signal(target, signal);
  if (!sent && sent.error().code != ESRCH) report_send_failed(target, signal, sent.error());
}

// Where the kernel's queue is full (EAGAIN), the signal goes without its value: better than not at all.
void queue_one(sys::ProcessId process, sys::SignalInfo& info) {
  if (!sys::queue_signal(process, info)) send_one(process, sys::number_of(info));
}

}  // namespace

bool Programs::remove(sys::ProcessId process) {
  for (std::size_t i = 0; i < count_; ++i) {
    if (processes_[i] != process) continue;
    processes_[i] = processes_[--count_];
    return true;
  }
  return false;
}

bool Programs::has(sys::ProcessId process) const {
  for (sys::ProcessId one : *this)
    if (one == process) return true;
  return false;
}

void Signaller::send(Signal signal) {
  if (scope_ == Scope::All) return send_to_remaining(signal);
  if (scope_ == Scope::Group) return send_to_groups(signal);
  for (sys::ProcessId process : programs_) send_one(process, signal);
}

void Signaller::send_to_groups(Signal signal) const {
  for (sys::ProcessId process : programs_) send_one(-process, signal);
}

void Signaller::queue(sys::SignalInfo& info, Signal to) {
  info.si_signo = to;
  if (scope_ == Scope::Program) {
    for (sys::ProcessId process : programs_) queue_one(process, info);
    return;
  }
  bool found = for_each_process(self_, [&](sys::ProcessId process, const ProcessFacts& facts) {
    if (scope_ == Scope::All || programs_.has(facts.group)) queue_one(process, info);
  });
  if (!found) send(sys::number_of(info));
}

void Signaller::send_to_remaining(Signal signal) {
  // kill(-1) is right for PID 1 alone: elsewhere it would be the whole machine.
  if (self_ == 1) return send_one(everyone, signal);
  if (for_each_process(self_,
                       [&](sys::ProcessId process, const ProcessFacts&) { send_one(process, signal); }))
    return;
  if (!std::exchange(missing_proc_, true)) report("no /proc: signalling PROGRAM's group only");
  send_to_groups(signal);
}

void Signaller::kill_remaining(Naming naming) {
  if (naming == Naming::Named &&
      !for_each_process(self_, [](sys::ProcessId process, const ProcessFacts& facts) {
        report_killing(facts.name, process);
      }))
    report("killing what is left");
  send_to_remaining(SIGKILL);
}

}  // namespace init

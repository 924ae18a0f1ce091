#include "init/signaller.hpp"

#include <errno.h>

#include <algorithm>
#include <utility>

#include "init/process_scan.hpp"
#include "init/report.hpp"

namespace init {
namespace {

constexpr sys::ProcessId everyone = -1;

// A process at the time when it was killed. It is named only after that, since a message may take its time.
struct Killed {
  sys::ProcessId process;
  std::uint8_t length;
  std::array<char, 15> name;
};

class KillList {
 public:
  void add(sys::ProcessId process, std::string_view name) {
    if (count_++ >= killed_.size()) return;
    Killed& killed = killed_[count_ - 1];
    killed.process = process;
    killed.length = static_cast<std::uint8_t>(std::min(name.size(), killed.name.size()));
    std::copy_n(name.begin(), killed.length, killed.name.begin());
  }

  void report() const {
    for (std::size_t i = 0; i < std::min(count_, killed_.size()); ++i)
      report_killing({killed_[i].name.data(), killed_[i].length}, killed_[i].process);
    if (count_ > killed_.size()) report_killing_more(count_ - killed_.size());
  }

 private:
  std::size_t count_ = 0;
  std::array<Killed, 64> killed_;
};

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

// A process that has ended already is no failure: init is about to learn of its end.
void Signaller::check(sys::ProcessId target, Signal signal, base::Status sent) {
  if (sent || sent.error().code == ESRCH) return;
  for (sys::ProcessId& known : refused_) {
    if (known == target) return;
    if (known != 0) continue;
    known = target;
    return report_send_failed(target, signal, sent.error());
  }
}

void Signaller::send_one(sys::ProcessId target, Signal signal) {
  check(target, signal, sys::send_signal(target, signal));
}

// If the kernel's queue is full (EAGAIN), the signal is sent without its value.
void Signaller::queue_one(const sys::ProcessHandle& process, sys::SignalInfo& info) {
  if (process.queue(info)) return;
  check(process.process(), sys::number_of(info), process.send(sys::number_of(info)));
}

void Signaller::send(Signal signal) {
  if (takes_all()) return send_to_remaining(signal);
  if (scope_ == Scope::Group) return send_to_groups(signal);
  for (sys::ProcessId process : programs_) send_one(process, signal);
}

void Signaller::send_to_groups(Signal signal) {
  for (sys::ProcessId process : programs_) {
    send_one(-process, signal);
    // It may have joined another group.
    auto group = sys::process_group_of(process);
    if (group && *group != process) send_one(process, signal);
  }
}

void Signaller::queue(sys::SignalInfo& info, Signal to) {
  info.si_signo = to;
  if (!takes_all() && scope_ == Scope::Program) {
    for (sys::ProcessId process : programs_)
      if (!sys::queue_signal(process, info)) send_one(process, to);
    return;
  }
  bool found = for_each_process(self_, [&](const sys::ProcessHandle& process, const ProcessFacts& facts) {
    if (takes_all() || programs_.has(facts.group) || programs_.has(process.process()))
      queue_one(process, info);
  });
  if (!found) send(to);
}

void Signaller::send_to_remaining(Signal signal) {
  // kill(-1) is right for PID 1 alone: elsewhere it would be the whole machine.
  if (self_ == 1) return send_one(everyone, signal);
  if (for_each_process(self_, [&](const sys::ProcessHandle& process, const ProcessFacts&) {
        check(process.process(), signal, process.send(signal));
      }))
    return;
  if (!std::exchange(missing_proc_, true)) report("cannot use /proc: signalling groups only");
  send_to_groups(signal);
}

void Signaller::kill_remaining(Naming naming) {
  if (naming == Naming::Silent) return send_to_remaining(SIGKILL);
  __attribute__((uninitialized)) KillList list;
  bool found = for_each_process(self_, [&](const sys::ProcessHandle& process, const ProcessFacts& facts) {
    list.add(process.process(), facts.name);
  });
  send_to_remaining(SIGKILL);
  if (found)
    list.report();
  else
    report("killing the remaining processes");
}

void Signaller::report_remaining() const {
  if (!for_each_process(self_, [](const sys::ProcessHandle& process, const ProcessFacts& facts) {
        report_unkillable(facts.name, process.process());
      }))
    report("leaving processes that could not be killed");
}

}  // namespace init

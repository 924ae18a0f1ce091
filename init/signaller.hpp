// Sends signals to their targets: the running programs, their groups, or everything.
#pragma once

#include <array>

#include "init/config.hpp"
#include "sys/process.hpp"

namespace init {

// The programs that were started and have not been reaped: only these may be signalled by their PID.
class Programs {
 public:
  static constexpr std::size_t max_count = 32;

  void add(sys::ProcessId process) { processes_[count_++] = process; }
  // Returns false if it is none of them.
  bool remove(sys::ProcessId process);
  bool has(sys::ProcessId process) const;
  bool empty() const { return count_ == 0; }
  const sys::ProcessId* begin() const { return processes_.data(); }
  const sys::ProcessId* end() const { return processes_.data() + count_; }

 private:
  std::array<sys::ProcessId, max_count> processes_;
  std::size_t count_ = 0;
};

enum class Naming : std::uint8_t { Silent, Named };

class Signaller {
 public:
  Signaller(Scope scope, sys::ProcessId self) : scope_(scope), self_(self) {}

  Programs& programs() { return programs_; }

  // Sends the signal, with number `to` and the value that came with it, to the scope. sigqueue(3) reaches one
  // process at a time, so the members of the scope have to be found. Without a /proc they get the signal
  // without the value.
  void queue(sys::SignalInfo& info, Signal to);
  // Sends to the scope, without a value.
  void send(Signal signal);
  // Sends to the group of each running program, whatever the scope, because they were stopped as groups.
  void continue_groups() { send_to_groups(SIGCONT); }
  // Sends to all remaining processes, adopted ones included.
  void send_to_remaining(Signal signal);
  // Sends SIGKILL to all remaining processes, and reports each.
  void kill_remaining(Naming naming);
  // Reports each process that could not be killed.
  void report_remaining() const;

 private:
  void send_to_groups(Signal signal);
  void send_one(sys::ProcessId target, Signal signal);
  void check(sys::ProcessId target, Signal signal, base::Status sent);
  void queue_one(const sys::ProcessHandle& process, sys::SignalInfo& info);
  bool takes_all() const { return scope_ == Scope::All || programs_.empty(); }

  Scope scope_;
  bool missing_proc_ = false;  // has been reported
  sys::ProcessId self_;
  Programs programs_;
  std::array<sys::ProcessId, 8> refused_{};  // could not be signalled, which has been reported
};

}  // namespace init

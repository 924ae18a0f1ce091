// The signal state that init was started with, and that PROGRAM gets as far as the contract says.
#pragma once

#include "base/signals.hpp"
#include "sys/process.hpp"

namespace init {

struct Inherited {
  // If blocking the signals failed, init cannot supervise anything.
  base::Status blocked = base::ok;
  bool child_signal_ignored = false;
  base::SignalSet mask;
  sys::ProcessId self = 0;

  bool is_first_process() const { return self == 1; }
};

// Blocks every signal before anything else: PID 1 is never sent one that is neither blocked nor handled.
Inherited block_and_inherit();

// In the child, before execve: gives the dispositions and the mask that PROGRAM is to have. As PID 1 a clean
// state, since a container runtime's leftovers are nobody's wish; otherwise exactly what init found.
void restore_signals(const Inherited& inherited);

}  // namespace init

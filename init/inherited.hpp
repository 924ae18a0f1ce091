// The signal state that init was started with. PROGRAM gets it back when init is not PID 1.
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

// Called in the child before execve(2): sets the dispositions and the mask for PROGRAM. As PID 1, PROGRAM
// gets a clean state, since nobody asked for the leftovers of a container runtime. Otherwise it gets exactly
// the state that init found.
void restore_signals(const Inherited& inherited);

}  // namespace init

// Signals, as the kernel has them: 64-bit masks, and no handler anywhere.
#pragma once

#include <signal.h>

#include "base/duration.hpp"
#include "base/signals.hpp"
#include "sys/result.hpp"

namespace sys {

using base::Signal;
using base::SignalSet;
using ProcessId = int;

// rt_sigprocmask(2), made directly: libc's function leaves out the signals that libc keeps to itself. Adds
// `set` to the mask, and gives the mask as it was before.
Status block_signals(SignalSet set, SignalSet& before);
void set_signal_mask(SignalSet set);

// A signal that arrived: its number, si_code, sender (0 if outside of the PID namespace) and value.
using SignalInfo = siginfo_t;
inline Signal number_of(const SignalInfo& info) { return static_cast<Signal>(info.si_signo); }
// Returns whether a terminal, through the kernel, sent it to a process group (Ctrl-C, a resized window, a
// hang-up).
inline bool is_from_terminal(const SignalInfo& info) { return info.si_code == SI_KERNEL; }
// Returns whether it was sent with sigqueue(3).
inline bool has_value(const SignalInfo& info) { return info.si_code == SI_QUEUE; }

inline constexpr base::Duration for_ever{-1};

// rt_sigtimedwait(2): takes a pending signal, or waits for one until `timeout` has passed. EAGAIN: none came
// in time. EINTR: a debugger or the freezer interrupted the wait, which may be too short.
Status wait_for_any_signal(SignalInfo& info, base::Duration timeout);

// Takes the signal if it is pending, and returns whether it was. rt_sigtimedwait(2), without a wait.
bool take_pending(Signal signal);

// kill(2). A target of 0, -1 or -n is a group, all, or group n.
Status send_signal(ProcessId target, Signal signal);
// For PID 1: returns whether its PID namespace has another process that it may signal. Only kill(2) tells.
// Returns false if the call fails: nothing could be asked to stop, and waiting would have no end.
bool others_exist();
// rt_sigqueueinfo(2), with the PID, user and value of the first sender. Reaches only a single process.
Status queue_signal(ProcessId target, SignalInfo& info);

// sigaction(2): makes the signal end this process with status 1, without a message.
void exit_on(Signal signal);
// sigaction(2): sets the signal's disposition to the default, or to ignored. Returns whether it was ignored.
bool set_default(Signal signal);
bool set_ignored(Signal signal);

}  // namespace sys

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

// rt_sigprocmask(2), made directly: libc's own leaves out the signals that libc keeps to itself.
// Adds to the mask, and tells what it was before.
Status block_signals(SignalSet set, SignalSet& before);
void set_signal_mask(SignalSet set);

// A signal that was waited for: its number, si_code, sender (0: from outside of the PID namespace) and value.
using SignalInfo = siginfo_t;
inline Signal number_of(const SignalInfo& info) { return static_cast<Signal>(info.si_signo); }
// Returns whether a terminal, through the kernel, sent it to a process group (Ctrl-C, a resized window, a
// hang-up).
inline bool is_from_terminal(const SignalInfo& info) { return info.si_code == SI_KERNEL; }
// Returns whether it was sent with sigqueue(3).
inline bool has_value(const SignalInfo& info) { return info.si_code == SI_QUEUE; }

inline constexpr base::Duration for_ever{-1};

// rt_sigtimedwait(2): takes a pending signal, whichever; waits for one until `timeout` has passed. EAGAIN:
// none came in time. EINTR: the wait was interrupted (a debugger, the freezer), and may be too short.
Status wait_for_any_signal(SignalInfo& info, base::Duration timeout);

// Returns whether it is pending, and blocked.
bool is_pending(Signal signal);

// kill(2). A target of 0, -1 or -n is a group, all, or group n.
Status send_signal(ProcessId target, Signal signal);
// For PID 1: returns whether its PID namespace has another process that it may signal. kill(2) is the only
// call that knows. If the call fails, nothing can be asked to stop, and waiting would have no end.
bool others_exist();
// rt_sigqueueinfo(2), with the first sender's PID, user and value. Only to a single process.
Status queue_signal(ProcessId target, SignalInfo& info);

// sigaction(2): makes the signal end this process with status 1, without a message.
void exit_on(Signal signal);
// sigaction(2): makes the signal's disposition the default, or ignored. Answers whether it was ignored.
bool set_default(Signal signal);
bool set_ignored(Signal signal);

}  // namespace sys

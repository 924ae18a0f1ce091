// Processes: their identity, their ends, and the kernel's services for them.
#pragma once

#include <optional>

#include "sys/file.hpp"
#include "sys/signal.hpp"

namespace sys {

// Returns the PID of the process that main() runs in. A child made by vfork(2) gets the same answer, because
// it shares the memory in which libc keeps the PID.
ProcessId process_id();
// getpid(2): the PID of the calling process.
ProcessId calling_process_id();
// getppid(2): 0 if the parent is outside of the PID namespace.
ProcessId parent_id();
// getpgrp(2): 0 if the leader of this process's group is outside of the PID namespace.
ProcessId process_group();
Result<ProcessId> process_group_of(ProcessId process);
// setpgid(2): makes this process the leader of a group of its own, or a member of the given one.
Status lead_process_group();
Status join_process_group(ProcessId group);
// setsid(2): makes it the leader of a session and a group of its own, without a terminal.
Status lead_session();

// vfork(2), or clone(2) with its two flags: runs `function` in a child that shares this process's memory, and
// waits until it executes a program or returns. Returns the child's PID.
Result<ProcessId> run_in_vfork(void (*function)(void*), void* argument);
// execve(2). Returns only if it failed.
Error execute(const char* path, char** arguments, char** environment);

// prctl(2).
Status become_subreaper();
Status set_parent_death_signal(Signal signal);

// A change of a child's state (wait(2)).
struct ChildStatus {
  ProcessId process = 0;  // 0: none has, but there are some
  int code = 0;           // CLD_EXITED and its like (sigaction(2))
  int status = 0;         // the exit status, or the signal

  bool has_stopped() const { return code == CLD_STOPPED; }
  // Returns whether it stopped for its debugger, which is this process (PTRACE_TRACEME). It has not ended.
  bool is_traced() const { return code == CLD_TRAPPED; }
  Signal stop_signal() const { return static_cast<Signal>(status & 0x7f); }
  // Returns the signal that killed it, or 0 if it exited by itself.
  Signal killed_by() const { return static_cast<Signal>(code == CLD_EXITED ? 0 : status); }
  // Returns its exit status, or 128 + n if signal n killed it.
  int exit_status() const { return code == CLD_EXITED ? status : 128 + status; }
};

// A process that is no child of this one, so its PID may be reused at any time. Everything that is read about
// it after it was opened, and every signal that is sent through this, concerns the same process
// (pidfd_open(2)); before Linux 5.3 there is only its PID.
class ProcessHandle {
 public:
  explicit ProcessHandle(ProcessId process);
  ProcessHandle(const ProcessHandle&) = delete;
  ~ProcessHandle();

  ProcessId process() const { return process_; }
  // Succeeds without a pidfd too if the kernel has none. EMFILE, ENFILE, ENOMEM: there may be one later.
  Status opened() const;
  // kill(2).
  Status send(Signal signal) const;
  // rt_sigqueueinfo(2).
  Status queue(SignalInfo& info) const;
  // ppoll(2) of the pidfd: returns whether all threads of the process have ended. Fails before Linux 5.3, or
  // if a seccomp profile refuses pidfd_open(2).
  Result<bool> has_ended() const;

 private:
  ProcessId process_;
  Result<Descriptor> descriptor_;
};

// tgkill(2), without a signal: ESRCH if there is no process of this ID; a thread's ID is none. EPERM: the
// process belongs to another user. A zombie counts as a process.
Status check_process(ProcessId process);

inline constexpr ProcessId any_child = -1;
// waitid(2), without waiting: reaps a child that ended, or reports one that stopped. ECHILD: there is no
// child at all.
Result<ChildStatus> reap_child(ProcessId which);
// The same for any child, but leaves it as it is. Wait::Block waits until there is one.
enum class Wait : int { Return, Block };
Result<ChildStatus> peek_child(Wait wait);
// ptrace(2): detaches from a child that made this process its debugger, so that it continues with the signal
// that it stopped for.
void stop_tracing(ProcessId child, Signal signal);
// Waits until this child has ended.
void wait_for_child(ProcessId child);

// tcgetpgrp(3), tcsetpgrp(3): the terminal's foreground process group.
Result<ProcessId> foreground_group(Descriptor terminal);
Status set_foreground_group(Descriptor terminal, ProcessId group);
// open(2) of the controlling terminal, closed on exec, as descriptor 3 or higher. ENXIO: there is no such
// terminal.
Result<Descriptor> open_terminal();

// Stops this process's group, itself included, until SIGCONT, as Ctrl-Z would, and takes that SIGCONT.
// Returns false if the group is orphaned, so that nobody could continue it, and the kernel did not stop it.
bool stop_with_group();

// Makes the segment read-only that the linker marked as read-only after relocation. musl applies PT_GNU_RELRO
// to dynamic programs only. Best effort: a sandbox may refuse mprotect(2).
void seal_relocations();

}  // namespace sys

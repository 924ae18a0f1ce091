#include "sys/process.hpp"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>

// The linker defines this symbol: this program's own ELF header in memory.
extern "C" __attribute__((visibility("hidden"))) const ElfW(Ehdr) __ehdr_start;

namespace sys {

// Calls go through syscall(2): libc's wrappers for all of them would take 500 bytes.
Status check_process(ProcessId process) { return succeeded(::syscall(SYS_tgkill, process, process, 0)); }

// There is one thread, whose ID is the process's; musl knows it from the start without another call.
ProcessId process_id() { return ::gettid(); }
ProcessId calling_process_id() { return static_cast<ProcessId>(::syscall(SYS_getpid)); }
ProcessId parent_id() { return ::getppid(); }
ProcessId process_group() { return static_cast<ProcessId>(::syscall(SYS_getpgid, 0)); }
Result<ProcessId> process_group_of(ProcessId process) {
  return checked(static_cast<ProcessId>(::syscall(SYS_getpgid, process)));
}
Status lead_process_group() { return join_process_group(0); }
Status join_process_group(ProcessId group) { return succeeded(::syscall(SYS_setpgid, 0, group)); }
Status lead_session() { return succeeded(::syscall(SYS_setsid)); }

#if defined(__x86_64__) || defined(__i386__) || defined(__arm__) || defined(__s390x__)
Result<ProcessId> run_in_vfork(void (*function)(void*), void* argument) {
  // NOLINTBEGIN(*-vfork,*.vfork,*.Vfork,bugprone-unsafe-functions): the child calls nothing but the kernel.
  ProcessId child = ::vfork();
  if (child != 0) return checked(child);
  function(argument);
  ::_exit(127);
  // NOLINTEND(*-vfork,*.vfork,*.Vfork,bugprone-unsafe-functions)
}
#else
// On other architectures musl's vfork() is fork(), or was until 1.2.4: it neither shares the memory nor
// waits.
namespace {

struct Call {
  void (*function)(void*);
  void* argument;
};

int make_call(void* argument) {
  auto& call = *static_cast<Call*>(argument);
  call.function(call.argument);
  ::_exit(127);
}

}  // namespace

Result<ProcessId> run_in_vfork(void (*function)(void*), void* argument) {
  alignas(16) __attribute__((uninitialized)) char stack[8192];
  Call call{function, argument};
  return checked(::clone(make_call, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &call));
}
#endif

Error execute(const char* path, char** arguments, char** environment) {
  ::syscall(SYS_execve, path, arguments, environment);
  return {errno};
}

Status become_subreaper() { return succeeded(::syscall(SYS_prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)); }

Status set_parent_death_signal(Signal signal) {
  return succeeded(::syscall(SYS_prctl, PR_SET_PDEATHSIG, long{signal}, 0, 0, 0));
}

namespace {

constexpr bool means_no_child(base::Error error) { return error.code == ECHILD; }

Result<ChildStatus> wait_by_id(ProcessId which, int options) {
  __attribute__((uninitialized)) siginfo_t info;
  info.si_pid = 0;  // the kernel writes nothing if there is nothing to report
  TRY(succeeded(::syscall(SYS_waitid, which > 0 ? P_PID : P_ALL, which, &info, options, nullptr)));
  return ChildStatus{info.si_pid, info.si_code, info.si_status};
}

// wait4(2) takes __WALL on every kernel, but cannot look at a child without reaping it.
Result<ChildStatus> wait_by_status(ProcessId which, int options) {
  int status = 0;
  ProcessId child = TRY(checked(static_cast<ProcessId>(
      ::syscall(SYS_wait4, which, &status, (options & (WNOHANG | WSTOPPED)) | __WALL, nullptr))));
  if (WIFSTOPPED(status)) return ChildStatus{child, CLD_STOPPED, WSTOPSIG(status)};
  if (WIFSIGNALED(status)) return ChildStatus{child, CLD_KILLED, WTERMSIG(status)};
  return ChildStatus{child, CLD_EXITED, WEXITSTATUS(status)};
}

// Linux before 4.7 refuses __WALL to waitid(2) with EINVAL. Without __WALL it still sees every child that was
// reparented, because such a child ends with SIGCHLD, and every child that is traced.
Result<ChildStatus> wait_by_id_for_all(ProcessId which, int options) {
  auto waited = wait_by_id(which, options | __WALL);
  if (waited || means_no_child(waited.error())) return waited;
  return wait_by_id(which, options);
}

// A sandbox may refuse waitid(2): only ECHILD means that there is no child.
Result<ChildStatus> wait_for(ProcessId which, int options) {
  auto waited = wait_by_id_for_all(which, options);
  if (waited || means_no_child(waited.error())) return waited;
  return wait_by_status(which, options);
}

}  // namespace

Result<ChildStatus> reap_child(ProcessId which) { return wait_for(which, WEXITED | WSTOPPED | WNOHANG); }

Result<ChildStatus> peek_child(Wait wait) {
  return wait_by_id_for_all(any_child, WEXITED | WSTOPPED | WNOWAIT | (wait == Wait::Return ? WNOHANG : 0));
}

namespace {

#ifndef SYS_pidfd_open
constexpr long SYS_pidfd_open = 434;  // the same numbers on every architecture
#endif
#ifndef SYS_pidfd_send_signal
constexpr long SYS_pidfd_send_signal = 424;
#endif

// Returns whether the kernel, or a seccomp profile, does not know the call.
bool is_unknown(Error error) { return error.code == ENOSYS || error.code == EPERM; }

}  // namespace

ProcessHandle::ProcessHandle(ProcessId process)
    : process_{process},
      descriptor_{checked(static_cast<Descriptor>(::syscall(SYS_pidfd_open, process, 0)))} {}

ProcessHandle::~ProcessHandle() {
  if (descriptor_) close(*descriptor_);
}

Status ProcessHandle::opened() const {
  if (is_unknown(descriptor_.error())) return base::ok;
  return descriptor_.error();
}

Status ProcessHandle::send(Signal signal) const {
  if (descriptor_) {
    auto sent = succeeded(::syscall(SYS_pidfd_send_signal, *descriptor_, long{signal}, nullptr, 0));
    if (sent || !is_unknown(sent.error())) return sent;
  }
  return send_signal(process_, signal);
}

Status ProcessHandle::queue(SignalInfo& info) const {
  if (descriptor_) {
    auto sent = succeeded(::syscall(SYS_pidfd_send_signal, *descriptor_, info.si_signo, &info, 0));
    if (sent || !is_unknown(sent.error())) return sent;
  }
  return queue_signal(process_, info);
}

Result<bool> ProcessHandle::has_ended() const {
  pollfd one{TRY(descriptor_), POLLIN, 0};
  std::array<long, 2> no_time{};
  return TRY(checked(static_cast<int>(::syscall(SYS_ppoll, &one, 1, no_time.data(), nullptr, 0)))) != 0;
}

void wait_for_child(ProcessId child) { static_cast<void>(wait_for(child, WEXITED)); }

Result<ProcessId> foreground_group(Descriptor terminal) {
  ProcessId group = 0;
  TRY(succeeded(::syscall(SYS_ioctl, terminal, TIOCGPGRP, &group)));
  return group;
}

Status set_foreground_group(Descriptor terminal, ProcessId group) {
  return succeeded(::syscall(SYS_ioctl, terminal, TIOCSPGRP, &group));
}

void stop_tracing(ProcessId child, Signal signal) {
  // SIGTRAP tells a debugger of an execve(2), and would end the child.
  ::syscall(SYS_ptrace, PTRACE_DETACH, child, 0, signal == SIGTRAP ? 0L : long{signal});
}

Result<Descriptor> open_terminal() {
  Descriptor opened = TRY(open_file("/dev/tty", O_RDWR | O_NOCTTY));
  constexpr Descriptor first = standard_error + 1;
  if (opened >= first) return opened;
  // A standard stream is closed, and has to stay closed.
  auto moved = checked(static_cast<Descriptor>(::syscall(SYS_fcntl, opened, F_DUPFD_CLOEXEC, first)));
  close(opened);
  return moved;
}

bool stop_with_group() {
  static_cast<void>(send_signal(0, SIGTSTP));
  // ppoll(2) unblocks SIGTSTP for the length of the call: one call in place of two.
  std::array<long, 2> no_time{};
  constexpr std::uint64_t all_others = ~SignalSet{}.with(SIGTSTP).bits();
  ::syscall(SYS_ppoll, nullptr, 0, no_time.data(), &all_others, sizeof all_others);
  // A stop discards the earlier SIGCONT, and the SIGCONT that ends the stop is pending now. It is taken: the
  // caller continues its children itself, and a second SIGCONT for them would undo the next Ctrl-Z.
  return take_pending(SIGCONT);
}

void seal_relocations() {
  auto base = reinterpret_cast<std::uintptr_t>(&__ehdr_start);
  auto header = reinterpret_cast<const ElfW(Phdr)*>(base + __ehdr_start.e_phoff);
  auto page_mask = ~static_cast<std::uintptr_t>(::getpagesize() - 1);
  for (unsigned i = 0; i < __ehdr_start.e_phnum; ++i, ++header) {
    if (header->p_type != PT_GNU_RELRO) continue;
    // Only whole pages can be sealed: data that shares the last page stays writable.
    std::uintptr_t start = (base + header->p_vaddr) & page_mask;
    std::uintptr_t end = (base + header->p_vaddr + header->p_memsz) & page_mask;
    ::syscall(SYS_mprotect, start, end - start, PROT_READ);
  }
}

}  // namespace sys

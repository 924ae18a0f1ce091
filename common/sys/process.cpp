#include "common/sys/process.hpp"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// The linker's: where this program's own ELF header is in memory.
extern "C" __attribute__((visibility("hidden"))) const ElfW(Ehdr) __ehdr_start;

namespace sys {

// There is one thread, whose ID is the process's, and musl has it from its start without another call.
ProcessId process_id() { return ::gettid(); }
ProcessId parent_id() { return ::getppid(); }
ProcessId process_group() { return ::getpgid(0); }
Status lead_process_group() { return succeeded(::setpgid(0, 0)); }

// The bare calls: libc's prctl(), ioctl() and open() take their arguments through a list, which costs more
// than the call does.
Status become_subreaper() { return succeeded(::syscall(SYS_prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)); }

Status send_at_parents_end(Signal signal) {
  return succeeded(::syscall(SYS_prctl, PR_SET_PDEATHSIG, long{signal}, 0, 0, 0));
}

bool Waited::has_ended() const { return WIFEXITED(status) || WIFSIGNALED(status); }
bool Waited::has_stopped() const { return WIFSTOPPED(status); }
Signal Waited::stop_signal() const { return static_cast<Signal>(WSTOPSIG(status)); }
int Waited::exit_status() const { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }
Signal Waited::killed_by() const { return static_cast<Signal>(WIFSIGNALED(status) ? WTERMSIG(status) : 0); }

Result<Waited> take_child(ProcessId which) {
  Waited child;
  child.process = TRY(checked(::waitpid(which, &child.status, WNOHANG | WUNTRACED | __WALL)));
  return child;
}

ProcessId peek_child(Wait wait) {
  siginfo_t info{};
  int flags = WEXITED | WSTOPPED | WNOWAIT | __WALL | (wait == Wait::Return ? WNOHANG : 0);
  return ::waitid(P_ALL, 0, &info, flags) == 0 ? info.si_pid : any_child;
}

Waited wait_for_child(ProcessId child) {
  Waited waited;
  waited.process = ::waitpid(child, &waited.status, __WALL);
  return waited;
}

Result<ProcessId> foreground_group(Descriptor terminal) {
  ProcessId group = 0;
  if (::syscall(SYS_ioctl, terminal, TIOCGPGRP, &group) != 0) return Error{errno};
  return group;
}

Status set_foreground_group(Descriptor terminal, ProcessId group) {
  return succeeded(::syscall(SYS_ioctl, terminal, TIOCSPGRP, &group));
}

Result<Descriptor> open_terminal() { return open_file("/dev/tty", O_RDWR | O_NOCTTY); }

void stop_with_group() {
  static_cast<void>(send_signal(0, SIGTSTP));
  set_signal_mask(SignalSet{~SignalSet{}.with(SIGTSTP).bits()});
  set_signal_mask(SignalSet::all());
}

void seal_relocations() {
  auto base = reinterpret_cast<std::uintptr_t>(&__ehdr_start);
  auto header = reinterpret_cast<const ElfW(Phdr)*>(base + __ehdr_start.e_phoff);
  auto page_mask = ~static_cast<std::uintptr_t>(::getpagesize() - 1);
  for (unsigned i = 0; i < __ehdr_start.e_phnum; ++i, ++header) {
    if (header->p_type != PT_GNU_RELRO) continue;
    // Whole pages only: what shares the last page with it stays writable.
    std::uintptr_t start = (base + header->p_vaddr) & page_mask;
    std::uintptr_t end = (base + header->p_vaddr + header->p_memsz) & page_mask;
    ::mprotect(reinterpret_cast<void*>(start), end - start, PROT_READ);
  }
}

}  // namespace sys

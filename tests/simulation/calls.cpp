// The calls of libc that init makes, answered by the simulated kernel: the linker's --wrap leads them here. A
// call that the model does not know fails with ENOSYS, as in a kernel that does not know it.
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "simulation/calls.hpp"
#include "simulation/rules.hpp"

using namespace simulation;

jmp_buf simulated_vfork_return;

namespace simulation {

int fail(int error) {
  errno = error;
  return -1;
}

}  // namespace simulation

extern "C" {

pid_t __wrap_getpid() { return kernel->self().pid; }
// In a child of vfork, libc's answer is its parent's.
pid_t __wrap_gettid() { return kernel->init->pid; }

pid_t __wrap_getppid() {
  kernel->tick();
  rules->reads_parent();
  return kernel->init->parent;
}

pid_t __wrap_getpgid(pid_t pid) {
  kernel->tick();
  Process* process = pid == 0 ? &kernel->self() : kernel->find(pid);
  return process == nullptr ? fail(ESRCH) : process->group;
}

int __wrap_setpgid(pid_t, pid_t group) {
  kernel->tick();
  Process& self = kernel->self();
  if (self.session == self.pid) return fail(EPERM);
  if (group != 0 && !kernel->group_exists(group, self.session)) return fail(EPERM);
  kernel->move(self, group == 0 ? self.pid : group);
  return 0;
}

pid_t __wrap_setsid() {
  kernel->tick();
  Process& self = kernel->self();
  if (self.group == self.pid) return fail(EPERM);
  self.session = self.pid;
  kernel->move(self, self.pid);
  return self.pid;
}

int __wrap_kill(pid_t target, int signal) {
  kernel->tick();
  if (signal == SIGKILL) rules->kills();
  siginfo_t info{};
  info.si_signo = signal;
  info.si_pid = kernel->init->pid;
  int error = kernel->send_from_init(target, info);
  return error == 0 ? 0 : fail(error);
}

ssize_t __wrap_read(int number, void* buffer, size_t size) {
  kernel->tick();
  const Descriptor* file = kernel->descriptor(number);
  if (file == nullptr) return fail(EBADF);
  return read_stat(*file, static_cast<char*>(buffer), size);
}

ssize_t __wrap_write(int, const void* text, size_t size) {
  return write_message(static_cast<const char*>(text), size);
}

int __wrap_close(int number) {
  kernel->tick();
  Descriptor* file = kernel->descriptor(number);
  if (file == nullptr) return fail(EBADF);
  file->kind = Descriptor::Kind::Closed;
  return 0;
}

int __wrap_chdir(const char*) {
  kernel->tick();
  return 0;
}
off_t __wrap_lseek(int, off_t, int) { return fail(ESPIPE); }
int __wrap_mprotect(void*, size_t, int) { return 0; }

int __wrap_execve(const char*, char* const*, char* const*) {
  kernel->tick();
  bool last = kernel->spawned == kernel->settings.programs;
  if (last && kernel->settings.start != Start::Works) {
    return fail(kernel->settings.start == Start::NotFound ? ENOENT : EACCES);
  }
  Process& program = kernel->self();
  rules->executes(program.blocked, kernel->child_ignored);
  program.blocked = 0;
  kernel->draw_life(program);
  for (int signal = 1; signal <= last_signal && program.lives(); ++signal)
    if ((program.pending & bit(signal)) != 0 && program.life != Life::Stopped) {
      program.pending &= ~bit(signal);
      kernel->deliver(program, signal);
    }
  longjmp(simulated_vfork_return, program.pid);
}

void __wrap__exit(int status) {
  Process& child = kernel->self();
  rules->start_failed(&child, kernel->settings.start == Start::NotFound ? 127 : 126);
  kernel->end(child, CLD_EXITED, status);
  longjmp(simulated_vfork_return, child.pid);
}

int __wrap_waitid(idtype_t type, id_t id, siginfo_t* info, int options) {
  rules->asks_for_children();
  kernel->tick();
  return wait_by_id(type == P_PID ? static_cast<int>(id) : any, info, options);
}

long __wrap_syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  Arguments arguments;
  for (long& argument : arguments) argument = va_arg(list, long);
  va_end(list);
  switch (const auto& a = arguments; number) {
    case SYS_read:
      return __wrap_read(static_cast<int>(a[0]), reinterpret_cast<void*>(a[1]), static_cast<size_t>(a[2]));
    case SYS_write:
      return __wrap_write(static_cast<int>(a[0]), reinterpret_cast<void*>(a[1]), static_cast<size_t>(a[2]));
    case SYS_close:
      return __wrap_close(static_cast<int>(a[0]));
    case SYS_chdir:
      return __wrap_chdir(reinterpret_cast<const char*>(a[0]));
    case SYS_mprotect:
      return 0;
    case SYS_kill:
      return __wrap_kill(static_cast<pid_t>(a[0]), static_cast<int>(a[1]));
    case SYS_getpgid:
      return __wrap_getpgid(static_cast<pid_t>(a[0]));
    case SYS_setpgid:
      return __wrap_setpgid(static_cast<pid_t>(a[0]), static_cast<pid_t>(a[1]));
    case SYS_setsid:
      return __wrap_setsid();
    case SYS_execve:
      return __wrap_execve(nullptr, nullptr, nullptr);
    case SYS_waitid:
      return __wrap_waitid(static_cast<idtype_t>(a[0]), static_cast<id_t>(a[1]),
                           reinterpret_cast<siginfo_t*>(a[2]), static_cast<int>(a[3]));
    default:
      kernel->tick();
      return call(number, arguments);
  }
}
}

// vfork(2) returns twice: first as the child, and when that has executed its program or has ended, as the
// parent. The macro in the build makes `vfork()` a call of this with setjmp's answer.
int simulated_vfork(int child) {
  kernel->tick();
  if (child != 0) {
    kernel->current = kernel->init;
    return child;
  }
  bool last = ++kernel->spawned == kernel->settings.programs;
  if (last && kernel->settings.start == Start::NoProcess) {
    rules->start_failed(nullptr, 125);
    return fail(EAGAIN);
  }
  Process& init = *kernel->init;
  Process& process = kernel->create(init.pid, init.group, init.session, Kind::Actor);
  process.blocked = init.blocked;
  kernel->child_ignored = kernel->ignored;
  kernel->current = &process;
  rules->started(process);
  return 0;
}

// syscall(2): the calls that init makes without libc's wrapper.
#include <errno.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>

#include "simulation/calls.hpp"
#include "simulation/rules.hpp"

namespace simulation {
namespace {

template <class T>
T* pointer(long argument) {
  return reinterpret_cast<T*>(argument);
}

long set_process_option(long option, long value) {
  if (option == PR_SET_PDEATHSIG) kernel->parent_death_signal = static_cast<int>(value);
  return 0;
}

long read_clock(timespec& time) {
  if (!kernel->settings.has_clock) return fail(EPERM);
  time = {kernel->now / second, kernel->now % second};
  return 0;
}

long queue(int pid, const siginfo_t& info) {
  // The queue of a receiver may be full.
  if (kernel->random.one_in(8)) {
    kernel->values_lost = true;
    return fail(EAGAIN);
  }
  int error = kernel->send_from_init(pid, info);
  return error == 0 ? 0 : fail(error);
}

long detach(int pid, int signal) {
  Process* process = kernel->find(pid);
  if (process == nullptr || !process->traced) return fail(ESRCH);
  process->traced = false;
  kernel->deliver(*process, SIGCONT);
  kernel->deliver(*process, signal);
  return 0;
}

long write_part(const iovec& part) {
  return write_message(static_cast<const char*>(part.iov_base), part.iov_len);
}

}  // namespace

long call(long number, const Arguments& a) {
  int first = static_cast<int>(a[0]), second_argument = static_cast<int>(a[1]);
  switch (number) {
    case SYS_getpid:
      return kernel->self().pid;
    case SYS_prctl:
      return set_process_option(a[0], a[1]);
    case SYS_clock_gettime:
      return read_clock(*pointer<timespec>(a[1]));
    case SYS_rt_sigprocmask:
      return change_mask(first, pointer<const std::uint64_t>(a[1]), pointer<std::uint64_t>(a[2]));
    case SYS_rt_sigaction:
      return change_action(first, pointer<const unsigned long>(a[1]), pointer<unsigned long>(a[2]));
    case SYS_rt_sigtimedwait:
      if (a[1] == 0) return take_pending(*pointer<const std::uint64_t>(a[0]));
      return wait_for_signal(*pointer<const std::uint64_t>(a[0]), *pointer<siginfo_t>(a[1]),
                             pointer<const long>(a[2]));
    case SYS_rt_sigqueueinfo:
      return queue(first, *pointer<const siginfo_t>(a[2]));
    case SYS_ppoll:
      return poll(a);
    case SYS_wait4:
      return wait_by_status(first, pointer<int>(a[1]), static_cast<int>(a[2]));
    case SYS_ptrace:
      return a[0] == PTRACE_DETACH ? detach(second_argument, static_cast<int>(a[3])) : fail(EIO);
    case SYS_openat:
      return open_path(pointer<const char>(a[1]));
    case SYS_getdents64:
      return list_directory(first, pointer<char>(a[1]), static_cast<std::size_t>(a[2]));
    case SYS_pidfd_open:
      return open_process(first);
    case SYS_pidfd_send_signal:
      return signal_process(first, second_argument, pointer<const siginfo_t>(a[2]));
    case SYS_ioctl:
      return control_terminal(first, static_cast<unsigned long>(a[1]), pointer<int>(a[2]));
    case SYS_close_range:
      if (!kernel->settings.has_close_range) return fail(ENOSYS);
      return close_range(static_cast<unsigned>(a[0]), static_cast<unsigned>(a[1]));
    case SYS_prlimit64:
      *pointer<std::uint64_t>(a[3]) = kernel->descriptors.size();
      return 0;
    case SYS_pwritev2:
      return write_part(*pointer<const iovec>(a[1]));
    default:
      return fail(ENOSYS);
  }
}

}  // namespace simulation

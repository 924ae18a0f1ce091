// The calls of libc that healthcheck makes, answered by the simulated machine: the linker's --wrap leads them
// here. A call that the model does not know fails with ENOSYS, as in a kernel that does not know it.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <utility>

#include "simulation/healthcheck/world.hpp"
#include "simulation/trace.hpp"

using namespace simulation;

namespace {

using Arguments = std::array<long, 6>;

template <class T>
T* pointer(long argument) {
  return reinterpret_cast<T*>(argument);
}

long write_line(std::string_view line) {
  if (world->descriptor != Descriptor::Closed) break_rule("a message while a descriptor is open");
  if ((world->blocked & std::uint64_t{1} << (SIGPIPE - 1)) == 0) break_rule("a message that SIGPIPE may end");
  if (tracing) std::fwrite(line.data(), 1, line.size(), stdout);
  if (world->settings.standard_error == Stderr::Broken) return fail(EPIPE);
  world->rules.says(line);
  return static_cast<long>(line.size());
}

// Without waiting, as the flag wants. An int on the stack leaves half of its word undefined.
long write_vector(const iovec& text, int flags) {
  if (flags != RWF_NOWAIT) break_rule("a write that may wait", flags);
  if (world->settings.standard_error == Stderr::Old) return fail(ENOSYS);
  if (world->settings.standard_error == Stderr::Racing) return fail(EAGAIN);
  return write_line({static_cast<const char*>(text.iov_base), text.iov_len});
}

long write_text(int number, std::string_view text) {
  if (number != STDERR_FILENO) break_rule("writes to another descriptor", number);
  if (world->settings.standard_error == Stderr::Racing) break_rule("waits for a reader of standard error");
  return write_line(text);
}

long set_action(int signal, const unsigned long* action) {
  auto handler = reinterpret_cast<void (*)(int)>(action[0]);
  if (signal == SIGTERM) world->term_handler = handler;
  if (signal == SIGINT) world->int_handled = true;
  return 0;
}

long close_number(int number) {
  if (!world->is_open(number)) break_rule("closes a descriptor that is not open", number);
  world->close();
  return 0;
}

long read_number(int number, char* buffer, std::size_t size) {
  if (!world->is_open(number)) break_rule("reads from a descriptor that is not open", number);
  if (!world->is_confined && world->descriptor != Descriptor::Hosts)
    break_rule("reads before it is confined");
  return world->descriptor == Descriptor::Socket ? world->read_socket(buffer, size)
                                                 : world->read_file(buffer, size);
}

long open_path(const char* path, long flags) {
  if ((flags & O_CLOEXEC) == 0) break_rule("a descriptor that stays open on exec");
  return world->open_path(path);
}

// Takes no time, so that the runs of each seed stay what they were.
long confine(long option) {
  if (option != PR_SET_SECCOMP) return 0;
  if (std::exchange(world->is_confined, true)) break_rule("is confined twice");
  return 0;
}

long socket_call(long number, const Arguments& a) {
  if (!world->is_open(static_cast<int>(a[0])) || world->descriptor != Descriptor::Socket)
    break_rule("a call about a socket that is not open", number);
  switch (number) {
    case SYS_bind:
      return world->bind(*pointer<const sockaddr>(a[1]));
    case SYS_connect:
      return world->connect(*pointer<const sockaddr>(a[1]), static_cast<socklen_t>(a[2]));
    case SYS_getsockname:
      return world->own_name(pointer<sockaddr>(a[1]));
    case SYS_sendto:
      if (a[3] != MSG_NOSIGNAL) break_rule("a send that SIGPIPE may end");
      return world->send(pointer<const char>(a[1]), static_cast<std::size_t>(a[2]));
    default:  // shutdown
      return 0;
  }
}

long call(long number, const Arguments& a) {
  switch (number) {
    case SYS_socket:
      return world->open_socket(static_cast<int>(a[0]), static_cast<int>(a[1]));
    case SYS_bind:
    case SYS_connect:
    case SYS_getsockname:
    case SYS_sendto:
    case SYS_shutdown:
      return socket_call(number, a);
    case SYS_read:
      return read_number(static_cast<int>(a[0]), pointer<char>(a[1]), static_cast<std::size_t>(a[2]));
    case SYS_close:
      return close_number(static_cast<int>(a[0]));
    case SYS_ppoll:
      return world->poll(*pointer<pollfd>(a[0]), pointer<long>(a[2]));
    case SYS_clock_gettime:
      return world->read_clock(static_cast<clockid_t>(a[0]), *pointer<timespec>(a[1]));
    case SYS_getrandom:
      if (a[2] != GRND_NONBLOCK) break_rule("waits for random bytes");
      return world->fill_random(pointer<char>(a[0]), static_cast<std::size_t>(a[1]));
    case SYS_newfstatat:
      return world->look_at_file(pointer<struct stat>(a[2])->st_mtim);
    case SYS_openat:
      return open_path(pointer<const char>(a[1]), a[2]);
    case SYS_tgkill:
      return world->check_process(static_cast<int>(a[1]));
    case SYS_kill:
      return world->kill(static_cast<int>(a[0]), static_cast<int>(a[1]));
    case SYS_pidfd_open:
      return world->open_process(static_cast<int>(a[0]));
    case SYS_rt_sigprocmask:
      world->blocked |= *pointer<const std::uint64_t>(a[1]);
      return 0;
    case SYS_rt_sigaction:
      return set_action(static_cast<int>(a[0]), pointer<const unsigned long>(a[1]));
    case SYS_pwritev2:
      return write_vector(*pointer<const iovec>(a[1]), static_cast<int>(a[5]));
    case SYS_write:
      return write_text(static_cast<int>(a[0]), {pointer<const char>(a[1]), static_cast<std::size_t>(a[2])});
    case SYS_mprotect:
      return 0;
    default:
      return fail(ENOSYS);
  }
}

}  // namespace

extern "C" {

pid_t __wrap_gettid() { return world->own_pid; }

off_t __wrap_lseek(int, off_t, int) { return fail(ESPIPE); }

void __wrap__exit(int status) { leave(Exit::Status, status); }

long __wrap_syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  Arguments arguments;
  for (long& argument : arguments) argument = va_arg(list, long);
  va_end(list);
  if (number == SYS_prctl) return confine(arguments[0]);
  world->tick();
  return call(number, arguments);
}
}

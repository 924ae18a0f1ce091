#include "calls.hpp"

#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>

namespace fault_test {
namespace {

constexpr int bad_memory[] = {EFAULT, EINVAL};
constexpr int arch_prctl_errors[] = {EFAULT, EINVAL, ENODEV};
constexpr int mprotect_errors[] = {EACCES, EFAULT, EINVAL, ENOMEM};
constexpr int open_errors[] = {EACCES,     EAGAIN,    EBADF,  EBUSY,   EDQUOT, EEXIST,  EFAULT,
                               EFBIG,      EINTR,     EINVAL, EISDIR,  ELOOP,  EMFILE,  ENAMETOOLONG,
                               ENFILE,     ENODEV,    ENOENT, ENOMEM,  ENOSPC, ENOTDIR, ENXIO,
                               EOPNOTSUPP, EOVERFLOW, EROFS,  ETXTBSY, EIO};
constexpr int ioctl_errors[] = {EBADF, EFAULT, EINVAL, ENOTTY, EIO};
constexpr int group_errors[] = {EACCES, EINVAL, ESRCH};
constexpr int prctl_errors[] = {EACCES, EBADF, EBUSY, EFAULT, EINVAL, ENODEV, ENXIO, EOPNOTSUPP, ERANGE};
constexpr int seccomp_errors[] = {EACCES, EBUSY, ECANCELED, EFAULT, EINVAL, ENOMEM, EOPNOTSUPP, ESRCH};
constexpr int fork_errors[] = {EAGAIN, ENOMEM};
constexpr int execve_errors[] = {E2BIG,        EACCES,  EAGAIN, EFAULT,  EINVAL, EIO,
                                 EISDIR,       ELIBBAD, ELOOP,  EMFILE,  ENFILE, ENOENT,
                                 ENAMETOOLONG, ENOEXEC, ENOMEM, ENOTDIR, ETXTBSY};
constexpr int chdir_errors[] = {EACCES, EFAULT, EIO, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR};
constexpr int close_range_errors[] = {EINVAL, EMFILE, ENOMEM};
constexpr int limit_errors[] = {EFAULT, EINVAL, ESRCH};
constexpr int close_errors[] = {EBADF, EDQUOT, EINTR, EIO, ENOSPC};
constexpr int wait_for_signal_errors[] = {EAGAIN, EINTR, EINVAL, EFAULT};
constexpr int kill_errors[] = {EINVAL, ESRCH};
constexpr int queue_errors[] = {EAGAIN, EINVAL, ESRCH};
constexpr int wait_errors[] = {EAGAIN, ECHILD, EINTR, EINVAL, ESRCH};
constexpr int clock_errors[] = {EACCES, EFAULT, EINVAL, ENODEV, ENOTSUP};
constexpr int poll_errors[] = {EFAULT, EINTR, EINVAL, ENOMEM};
constexpr int write_errors[] = {EAGAIN, EBADF,  EDESTADDRREQ, EDQUOT, EFAULT, EFBIG,
                                EINTR,  EINVAL, EIO,          ENOSPC, EPIPE};
constexpr int read_errors[] = {EAGAIN, EBADF,        EFAULT,     EINTR,    EINVAL,    EIO,
                               EISDIR, ECONNREFUSED, ECONNRESET, ENOTCONN, ETIMEDOUT, EHOSTUNREACH};
constexpr int directory_errors[] = {EBADF, EFAULT, EINVAL, ENOENT, ENOTDIR};
constexpr int stat_errors[] = {EACCES,       EBADF,  EFAULT, EINVAL,  ELOOP,
                               ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR, EOVERFLOW};
constexpr int socket_errors[] = {EACCES,  EAFNOSUPPORT, EINVAL,          EMFILE,         ENFILE,
                                 ENOBUFS, ENOMEM,       EPROTONOSUPPORT, ESOCKTNOSUPPORT};
constexpr int bind_errors[] = {EACCES,       EADDRINUSE, EADDRNOTAVAIL, EBADF,  EFAULT,  EINVAL,   ELOOP,
                               ENAMETOOLONG, ENOENT,     ENOMEM,        ENODEV, ENOTDIR, ENOTSOCK, EROFS};
constexpr int connect_errors[] = {EACCES,     EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EAGAIN,
                                  EALREADY,   EBADF,      ECONNREFUSED,  EFAULT,       EINPROGRESS,
                                  EINTR,      EISCONN,    ENOTSOCK,      ENETUNREACH,  EHOSTUNREACH,
                                  EPROTOTYPE, ETIMEDOUT,  ENOENT,        ENOBUFS,      ECONNRESET};
constexpr int send_errors[] = {EACCES, EAGAIN,   EALREADY, EBADF,      ECONNRESET, EDESTADDRREQ,
                               EFAULT, EINTR,    EINVAL,   EISCONN,    EMSGSIZE,   ENOBUFS,
                               ENOMEM, ENOTCONN, ENOTSOCK, EOPNOTSUPP, EPIPE,      ETIMEDOUT};
constexpr int receive_errors[] = {EAGAIN, EBADF,    ECONNREFUSED, EFAULT,     EINTR,    EINVAL,
                                  ENOMEM, ENOTCONN, ENOTSOCK,     ECONNRESET, ETIMEDOUT};
constexpr int socket_option_errors[] = {EBADF, EFAULT, EINVAL, ENOPROTOOPT, ENOTSOCK};
constexpr int shutdown_errors[] = {EBADF, EINVAL, ENOTCONN, ENOTSOCK};
constexpr int name_errors[] = {EBADF, EFAULT, EINVAL, ENOBUFS, ENOTSOCK};

constexpr int random_errors[] = {EAGAIN, EFAULT, EINTR, EINVAL};
constexpr int position_errors[] = {EBADF, EINVAL, ENXIO, EOVERFLOW, ESPIPE};
constexpr int vector_errors[] = {EAGAIN, EBADF, EFAULT, EFBIG, EINTR,      EINVAL,
                                 EIO,    ENXIO, ENOSPC, EPIPE, EOPNOTSUPP, ESPIPE};
constexpr int handle_errors[] = {EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM, ESRCH};
constexpr int handle_signal_errors[] = {EBADF, EINVAL, ESRCH};
constexpr int trace_errors[] = {EBUSY, EFAULT, EINVAL, EIO, ESRCH};

#define ROW(call, errors) {SYS_##call, #call, errors}
const Call calls[] = {
#ifdef SYS_arch_prctl
    ROW(arch_prctl, arch_prctl_errors),
#endif
#ifdef SYS_vfork
    ROW(vfork, fork_errors),
#endif
#ifdef SYS_poll
    ROW(poll, poll_errors),
#endif
    ROW(set_tid_address, {}),
    ROW(rt_sigprocmask, bad_memory),
    ROW(rt_sigaction, bad_memory),
    ROW(mprotect, mprotect_errors),
    ROW(openat, open_errors),
    ROW(ioctl, ioctl_errors),
    ROW(getpgid, group_errors),
    ROW(prctl, prctl_errors),
    ROW(seccomp, seccomp_errors),
    ROW(clone, fork_errors),
    ROW(setpgid, group_errors),
    ROW(getpid, {}),
    ROW(getppid, {}),
    ROW(gettid, {}),
    ROW(execve, execve_errors),
    ROW(chdir, chdir_errors),
    ROW(close_range, close_range_errors),
    ROW(prlimit64, limit_errors),
    ROW(close, close_errors),
    ROW(rt_sigtimedwait, wait_for_signal_errors),
    ROW(kill, kill_errors),
    ROW(tgkill, kill_errors),
    ROW(rt_sigqueueinfo, queue_errors),
    ROW(wait4, wait_errors),
    ROW(waitid, wait_errors),
    ROW(clock_gettime, clock_errors),
    ROW(ppoll, poll_errors),
    ROW(write, write_errors),
    ROW(read, read_errors),
    ROW(getdents64, directory_errors),
    ROW(newfstatat, stat_errors),
    ROW(socket, socket_errors),
    ROW(bind, bind_errors),
    ROW(connect, connect_errors),
    ROW(sendto, send_errors),
    ROW(shutdown, shutdown_errors),
    ROW(recvfrom, receive_errors),
    ROW(setsockopt, socket_option_errors),
    ROW(getsockname, name_errors),
    ROW(getrandom, random_errors),
    ROW(lseek, position_errors),
    ROW(pwritev2, vector_errors),
    ROW(pidfd_open, handle_errors),
    ROW(pidfd_send_signal, handle_signal_errors),
    ROW(ptrace, trace_errors),
    ROW(setsid, {}),
    ROW(exit_group, {}),
    ROW(exit, {}),
};
#undef ROW

}  // namespace

const Call* find_call(int number) {
  const auto found = std::ranges::find(calls, number, &Call::number);
  return found == std::end(calls) ? nullptr : &*found;
}

std::string name_of_call(int number) {
  const Call* call = find_call(number);
  return call != nullptr ? call->name : "call " + std::to_string(number);
}

bool asks_again(int number, int error) {
  if (number == SYS_connect && (error == EINPROGRESS || error == EALREADY)) return true;
  return error == EINTR || error == EAGAIN;
}

bool is_listed(const Call& call, int error) { return std::ranges::count(call.errors, error) > 0; }

}  // namespace fault_test

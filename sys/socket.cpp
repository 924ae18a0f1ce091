#include "sys/socket.hpp"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace sys {

// All of these are plain calls: libc's functions use socketcall(2) on i386 and s390x, which is not on the
// filter's list, and libc's socket() would try again without the flags, for kernels before 2.6.27.
Result<Descriptor> open_socket(const Endpoint& endpoint, Transport transport) {
  return checked(static_cast<Descriptor>(::syscall(
      SYS_socket, endpoint.any.sa_family, static_cast<int>(transport) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)));
}

Status bind(Descriptor socket, const Endpoint& endpoint) {
  return succeeded(::syscall(SYS_bind, socket, &endpoint, endpoint.size));
}

Result<bool> is_connected_to_itself(Descriptor socket, const Endpoint& endpoint) {
  Endpoint own;
  own.size = sizeof own.path;
  TRY(succeeded(::syscall(SYS_getsockname, socket, &own, &own.size)));
  return own == endpoint;
}

Status finish_sending(Descriptor socket) { return succeeded(::syscall(SYS_shutdown, socket, SHUT_WR)); }

Status connect(Descriptor socket, const Endpoint& endpoint) {
  return succeeded(::syscall(SYS_connect, socket, &endpoint, endpoint.size));
}

Result<std::size_t> send(Descriptor socket, std::string_view bytes) {
  return checked(static_cast<std::size_t>(
      ::syscall(SYS_sendto, socket, bytes.data(), bytes.size(), MSG_NOSIGNAL, nullptr, 0)));
}

Result<base::Duration> wait_until(Readiness readiness, Descriptor descriptor, base::Duration timeout) {
  constexpr std::int64_t second = 1'000'000'000;
  pollfd one{descriptor, static_cast<short>(readiness == Readiness::Readable ? POLLIN : POLLOUT), 0};
  // This call takes two longs on every architecture that has it, whatever libc's timespec is. libc's ppoll()
  // does not give the remaining time back.
  std::array<long, 2> time{
      static_cast<long>(std::min<std::int64_t>(timeout.nanoseconds / second, 0x7fffffff)),
      static_cast<long>(timeout.nanoseconds % second)};
  long ready;
  do {
    ready = ::syscall(SYS_ppoll, &one, 1, time.data(), nullptr, 0);
  } while (ready < 0 && errno == EINTR);
  if (ready <= 0) return Error{ready == 0 ? ETIME : errno};
  return base::Duration{time[0] * second + time[1]};
}

}  // namespace sys

// The system calls that healthcheck needs for the given targets. A test compares them with SECURITY.md.
#pragma once

#include <utility>

#include "healthcheck/target/target.hpp"
#include "sys/confinement.hpp"

namespace healthcheck {

struct NeededCall {
  sys::AllowedCall call;
  Schemes schemes;  // the schemes that need the call
};

inline constexpr Schemes internet = set_of(Scheme::Http, Scheme::Tcp, Scheme::Grpc, Scheme::Udp);
inline constexpr Schemes sockets = internet | set_of(Scheme::Unix);
inline constexpr Schemes streams_without_length = set_of(Scheme::Tcp, Scheme::Grpc, Scheme::Unix);
inline constexpr Schemes files = set_of(Scheme::File), processes = set_of(Scheme::Pid);

#ifdef HEALTHCHECK_REMOTE
inline constexpr Schemes asks_own_name = sockets;  // so that addresses can be sorted (RFC 6724)
#else
inline constexpr Schemes asks_own_name = internet;
#endif

inline constexpr std::array needed_calls{
    // Waiting, and the time.
    NeededCall{ALLOWED_CALL(ppoll), every_scheme},
    NeededCall{ALLOWED_CALL(clock_gettime), every_scheme},
    // The line, and the end.
    NeededCall{ALLOWED_CALL(rt_sigprocmask), every_scheme},
    NeededCall{ALLOWED_CALL(pwritev2), every_scheme},
    NeededCall{ALLOWED_CALL(write), every_scheme},
    NeededCall{ALLOWED_CALL(exit_group), every_scheme},
    // Connections.
    NeededCall{ALLOWED_CALL(socket), sockets},
    NeededCall{ALLOWED_CALL(bind), internet},
    NeededCall{ALLOWED_CALL(connect), sockets},
    NeededCall{ALLOWED_CALL(getsockname), asks_own_name},
    NeededCall{ALLOWED_CALL(sendto), sockets},
#ifdef HEALTHCHECK_TLS
    NeededCall{ALLOWED_CALL(getrandom), internet},
#endif
    NeededCall{ALLOWED_CALL(shutdown), streams_without_length},
    NeededCall{ALLOWED_CALL(read), sockets | processes},
    NeededCall{ALLOWED_CALL(close), sockets | processes},
// Files and processes.
#if __SIZEOF_LONG__ == 4
    NeededCall{ALLOWED_CALL(clock_gettime64), every_scheme},
    NeededCall{ALLOWED_CALL(statx), files},
    NeededCall{ALLOWED_CALL(stat64), files},
#else
    NeededCall{ALLOWED_CALL(newfstatat), files},
#endif
    NeededCall{ALLOWED_CALL(tgkill), processes},
    NeededCall{ALLOWED_CALL(pidfd_open), processes},
    NeededCall{ALLOWED_CALL(kill), signals_process_one},
#ifdef HEALTHCHECK_REMOTE
// libc's resolver: its files, its heap, its sockets.
#ifdef SYS_open
    NeededCall{ALLOWED_CALL(open), internet},
#endif
    NeededCall{ALLOWED_CALL(readv), internet},
    NeededCall{ALLOWED_CALL(fcntl), internet},
    NeededCall{ALLOWED_CALL(brk), internet},
    NeededCall{ALLOWED_CALL(mmap), internet},
    NeededCall{ALLOWED_CALL(munmap), internet},
    NeededCall{ALLOWED_CALL(setsockopt), internet},
    NeededCall{ALLOWED_CALL(recvfrom), internet},
    // Since musl 1.2.4 the resolver reads answers with this call, and asks over TCP.
    NeededCall{ALLOWED_CALL(recvmsg), internet},
    NeededCall{ALLOWED_CALL(sendmsg), internet},
    NeededCall{ALLOWED_CALL(openat), internet | processes},
#else
    NeededCall{ALLOWED_CALL(openat), processes},
#endif
};

// The filter for targets of these schemes. A call that they do not need is replaced by one that is listed
// already.
constexpr auto filter_for(Schemes schemes) {
  constexpr auto all = [] {
    std::array<sys::AllowedCall, needed_calls.size()> calls{};
    for (std::size_t i = 0; i < calls.size(); ++i) calls[i] = needed_calls[i].call;
    return sys::make_filter(calls);
  }();
  constexpr auto needed_for = [] {
    std::array<Schemes, needed_calls.size()> needed{};
    for (std::size_t i = 0; i < needed.size(); ++i) needed[i] = needed_calls[i].schemes;
    return needed;
  }();
  constexpr std::uint32_t always_there = needed_calls[0].call.number;

  auto filter = all;
  for (std::size_t i = 0; i < needed_for.size(); ++i)
    if ((needed_for[i] & schemes) == 0) filter[sys::first_call_at + i].k = always_there;
  return filter;
}

// Confines the process to the calls that all its targets need, before it reads the first byte of any. The
// kernel takes a while for that, in which a service can already work on the request.
class Confinement {
 public:
  explicit Confinement(Schemes needed) : needed_(needed) {}

  // Does nothing after the first time. Not inlined: the filter would stay on the stack.
  [[gnu::noinline]] void begin() {
    if (needed_ != 0) sys::confine(filter_for(std::exchange(needed_, Schemes{})));
  }

 private:
  Schemes needed_;  // 0 once it has begun
};

}  // namespace healthcheck

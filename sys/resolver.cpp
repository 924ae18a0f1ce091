#include "sys/resolver.hpp"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "sys/clock.hpp"

namespace {

base::Instant end;         // of the resolution
std::int64_t past_it = 0;  // seconds that the resolver's clock has been put forward

bool is_over() { return past_it != 0 || sys::now() >= end; }

}  // namespace

// libc's resolver knows no deadline but those of resolv.conf(5). It waits with poll() and then looks at the
// clock. Since this program is static, the resolver gets both from here. Once the time is over, poll() no
// longer waits, and the clock leaps a day whenever it is read, so that each of the resolver's own limits has
// passed.
extern "C" int poll(pollfd* descriptors, nfds_t count, int timeout) {
  std::int64_t left = std::max<std::int64_t>((end - sys::now()).nanoseconds, 0);
  if (past_it != 0) left = 0;
  if (timeout >= 0) left = std::min(left, timeout * std::int64_t{1'000'000});
  std::array<long, 2> time{static_cast<long>(left / 1'000'000'000), static_cast<long>(left % 1'000'000'000)};
  return static_cast<int>(::syscall(SYS_ppoll, descriptors, count, time.data(), nullptr, 0));
}

extern "C" int clock_gettime(clockid_t clock, timespec* time) {
#if __SIZEOF_LONG__ == 4
  std::array<std::int64_t, 2> wide{};
  std::array<long, 2> narrow{};  // before Linux 5.1
  if (::syscall(SYS_clock_gettime64, clock, wide.data()) != 0) {
    if (::syscall(SYS_clock_gettime32, clock, narrow.data()) != 0) return -1;
    wide = {narrow[0], narrow[1]};
  }
  time->tv_sec = wide[0];
  time->tv_nsec = static_cast<long>(wide[1]);
#else
  if (::syscall(SYS_clock_gettime, clock, time) != 0) return -1;
#endif
  constexpr std::int64_t day = 86'400;
  if (end != base::Instant{} && is_over()) past_it += day;
  time->tv_sec += past_it;
  return 0;
}

namespace sys {
namespace {

void add(Addresses& addresses, const addrinfo& info) {
  if (addresses.count == Addresses::max_count) return;
  auto& bytes = addresses.each[addresses.count++];
  bytes = {};
  if (info.ai_family == AF_INET) {
    bytes[10] = bytes[11] = 0xff;
    std::memcpy(bytes.data() + 12, &reinterpret_cast<const sockaddr_in*>(info.ai_addr)->sin_addr, 4);
  } else {
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6*>(info.ai_addr)->sin6_addr, 16);
  }
}

}  // namespace

Resolution resolve(const char* name, base::Duration limit, Addresses& addresses) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  end = now() + limit;
  int error = ::getaddrinfo(name, nullptr, &wanted, &found);
  bool over = is_over();
  end = {};
  past_it = 0;
  addresses.count = 0;
  if (error == 0) {
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) add(addresses, *one);
    ::freeaddrinfo(found);
    return Resolution::Found;
  }
  if (over) return Resolution::NoTime;
  return error == EAI_NONAME || error == EAI_NODATA ? Resolution::NoSuchName : Resolution::NoServer;
}

}  // namespace sys

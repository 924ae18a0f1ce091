#include "sys/wall_clock.hpp"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace sys {

Result<std::int64_t> seconds_since_1970() {
#if __SIZEOF_LONG__ == 8
  timespec time{};
  TRY(succeeded(::syscall(SYS_clock_gettime, CLOCK_REALTIME, &time)));
  return static_cast<std::int64_t>(time.tv_sec);
#else
  // The newer call first: the older one's 32 bits end in 2038. Profiles of engines before 2021 refuse the
  // newer.
#ifdef SYS_clock_gettime32
  constexpr long older_call = SYS_clock_gettime32;
#else
  constexpr long older_call = SYS_clock_gettime;
#endif
  std::int64_t time[2]{};
  if (::syscall(SYS_clock_gettime64, CLOCK_REALTIME, time) == 0) return time[0];
  long older[2]{};
  TRY(succeeded(::syscall(older_call, CLOCK_REALTIME, older)));
  return std::int64_t{older[0]};
#endif
}

}  // namespace sys

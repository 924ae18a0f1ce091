#include "sys/clock.hpp"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <array>

namespace sys {

// Plain calls: libc's function would bring a reader of the vDSO, 0.9 KB, and neither program reads the clock
// often.
#if __SIZEOF_LONG__ == 8
Status read_clock(clockid_t clock, timespec& time) {
  return succeeded(::syscall(SYS_clock_gettime, clock, &time));
}
#else
// musl has its own name for it.
#ifdef SYS_clock_gettime32
constexpr long clock_gettime_of_32_bits = SYS_clock_gettime32;
#else
constexpr long clock_gettime_of_32_bits = SYS_clock_gettime;
#endif

// Kernels before 5.1 do not know the newer call, and seccomp profiles of engines before 2021 answer EPERM to
// it.
Status read_clock(clockid_t clock, timespec& time) {
  std::array<std::int64_t, 2> newer{};
  if (::syscall(SYS_clock_gettime64, clock, newer.data()) == 0) {
    time.tv_sec = static_cast<time_t>(newer[0]);
    time.tv_nsec = static_cast<long>(newer[1]);
    return base::ok;
  }
  std::array<long, 2> older{};
  Status read = succeeded(::syscall(clock_gettime_of_32_bits, clock, older.data()));
  time.tv_sec = older[0];
  time.tv_nsec = older[1];
  return read;
}
#endif

base::Instant now() {
  timespec time{};
  static_cast<void>(read_clock(CLOCK_MONOTONIC, time));
  return {static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec};
}

Result<std::int64_t> seconds_since_1970() {
  timespec time{};
  TRY(read_clock(CLOCK_REALTIME, time));
  return std::int64_t{time.tv_sec};
}

}  // namespace sys

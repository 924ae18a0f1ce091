#include "sys/file_age.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <limits>

namespace sys {

// Where libc's structures are the kernel's, plain calls: libc would bring conversions, and for the clock a
// reader of the vDSO, 1.6 KB together.
Result<base::Duration> age_of_file(const char* path) {
  struct stat file;
  timespec now{};
#if __SIZEOF_LONG__ == 8
  TRY(succeeded(::syscall(SYS_newfstatat, AT_FDCWD, path, &file, 0)));
  TRY(succeeded(::syscall(SYS_clock_gettime, CLOCK_REALTIME, &now)));
#else
  TRY(succeeded(::stat(path, &file)));
  TRY(succeeded(::clock_gettime(CLOCK_REALTIME, &now)));
#endif
  std::int64_t age = 0;
  // A file system may hold any 64-bit time.
  if (__builtin_sub_overflow(std::int64_t{now.tv_sec}, std::int64_t{file.st_mtim.tv_sec}, &age) ||
      __builtin_mul_overflow(age, 1'000'000'000, &age) ||
      __builtin_add_overflow(age, now.tv_nsec - file.st_mtim.tv_nsec, &age))
    return base::Duration{file.st_mtim.tv_sec < now.tv_sec ? std::numeric_limits<std::int64_t>::max() : -1};
  return base::Duration{age};
}

}  // namespace sys

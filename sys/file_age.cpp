#include "sys/file_age.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <limits>

#include "sys/clock.hpp"

namespace sys {

Result<base::Duration> age_of_file(const char* path) {
  struct stat file;
  // Make a plain call if libc's structure is the kernel's: libc's function would bring conversions, 0.7 KB.
#if __SIZEOF_LONG__ == 8
  TRY(succeeded(::syscall(SYS_newfstatat, AT_FDCWD, path, &file, 0)));
#else
  TRY(succeeded(::stat(path, &file)));
#endif
  timespec time{};
  TRY(read_clock(CLOCK_REALTIME, time));
  std::int64_t age = 0;
  // A file system may hold any 64-bit time.
  if (__builtin_sub_overflow(std::int64_t{time.tv_sec}, std::int64_t{file.st_mtim.tv_sec}, &age) ||
      __builtin_mul_overflow(age, 1'000'000'000, &age) ||
      __builtin_add_overflow(age, time.tv_nsec - file.st_mtim.tv_nsec, &age))
    return base::Duration{file.st_mtim.tv_sec < time.tv_sec ? std::numeric_limits<std::int64_t>::max() : -1};
  return base::Duration{age};
}

}  // namespace sys

#include "sys/file_age.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

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
  return base::seconds(now.tv_sec - file.st_mtim.tv_sec);
}

}  // namespace sys

#include "healthcheck/file_age.hpp"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace sys {

Result<common::Duration> age_of_file(const char* path) {
  struct stat file{};
  TRY(succeeded(::stat(path, &file)));
  timespec now{};
  // As in clock.cpp: libc would bring a reader of the vDSO.
  if constexpr (sizeof(long) == 8)
    ::syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
  else
    ::clock_gettime(CLOCK_REALTIME, &now);
  return common::seconds(now.tv_sec - file.st_mtim.tv_sec);
}

}  // namespace sys

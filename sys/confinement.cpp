#include "sys/confinement.hpp"

#include <sys/prctl.h>
#include <unistd.h>

namespace sys {

void confine([[maybe_unused]] std::span<const sock_filter> filter) {
#ifdef CONFINED
  sock_fprog program{static_cast<unsigned short>(filter.size()), const_cast<sock_filter*>(filter.data())};
  ::syscall(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::syscall(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
#endif
}

}  // namespace sys

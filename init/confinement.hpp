// What init needs of the kernel once PROGRAM runs. SECURITY.md says the same, and a test compares them.
#pragma once

#include "sys/confinement.hpp"

namespace init {

inline constexpr std::array allowed_calls{
    // Waiting, and the time.
    ALLOWED_CALL(rt_sigtimedwait),
    ALLOWED_CALL(waitid),
    ALLOWED_CALL(wait4),
    ALLOWED_CALL(clock_gettime),
#if __SIZEOF_LONG__ == 4
    ALLOWED_CALL(rt_sigtimedwait_time64),
    ALLOWED_CALL(clock_gettime64),
#endif
    // Signals.
    ALLOWED_CALL(kill),
    ALLOWED_CALL(rt_sigqueueinfo),
    ALLOWED_CALL(getppid),
    ALLOWED_CALL(getpgid),
    ALLOWED_CALL(rt_sigpending),
    ALLOWED_CALL(pidfd_open),
    ALLOWED_CALL(pidfd_send_signal),
    ALLOWED_CALL(pwritev2),
    ALLOWED_CALL(lseek),
    // The terminal, and job control.
    ALLOWED_CALL(ioctl),
    ALLOWED_CALL(ppoll),
    // Messages.
    ALLOWED_CALL(write),
    // /proc, for the names and the descendants.
    ALLOWED_CALL(read),
    ALLOWED_CALL(getdents64),
    ALLOWED_CALL(close),
    ALLOWED_CALL(exit_group),
    ALLOWED_CALL(openat),
};

}  // namespace init

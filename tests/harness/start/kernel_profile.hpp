// KernelProfile: runs the programs under test as an older kernel, or an older engine, would.
//
//   DISTROLESS_PROFILE=linux-4.4 ctest -R '^init\.'
//
// A seccomp filter, installed before execve, answers in the kernel's place. It cannot make a kernel forget
// how a call behaves, only refuse numbers, flags and values.
#pragma once

#include <linux/filter.h>

#include <vector>

namespace harness {

// The filter of the profile that DISTROLESS_PROFILE names: linux-4.4 or old-engine; empty if it is not set.
// Throws if it names another.
std::vector<sock_filter> profile_filter();

// Called between fork and exec, so it makes only system calls. Returns null, or the step that failed. Without
// the right to install a filter, the process first gives up new privileges.
const char* install_filter(const std::vector<sock_filter>& filter);

}  // namespace harness

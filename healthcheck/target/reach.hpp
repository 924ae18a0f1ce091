// How far this program reaches. healthcheck-remote is made of the same sources, with HEALTHCHECK_REMOTE
// defined: it resolves names, and connects to addresses of other hosts.
#pragma once

#ifdef HEALTHCHECK_REMOTE
#define PROGRAM_NAME "healthcheck-remote"
#else
#define PROGRAM_NAME "healthcheck"
#endif

namespace healthcheck {

#ifdef HEALTHCHECK_REMOTE
inline constexpr bool reaches_other_hosts = true;
#else
inline constexpr bool reaches_other_hosts = false;
#endif

}  // namespace healthcheck

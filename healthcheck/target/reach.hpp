// The reach of this program. healthcheck-remote and healthcheck-tls are made of the same sources. With
// HEALTHCHECK_REMOTE the program resolves names, and connects to addresses of other hosts. With
// HEALTHCHECK_TLS it speaks TLS.
#pragma once

#ifdef HEALTHCHECK_REMOTE
#define PROGRAM_NAME "healthcheck-remote"
#elif defined(HEALTHCHECK_TLS)
#define PROGRAM_NAME "healthcheck-tls"
#else
#define PROGRAM_NAME "healthcheck"
#endif

namespace healthcheck {

#ifdef HEALTHCHECK_REMOTE
inline constexpr bool reaches_other_hosts = true;
#else
inline constexpr bool reaches_other_hosts = false;
#endif

#ifdef HEALTHCHECK_TLS
inline constexpr bool speaks_tls = true;
#else
inline constexpr bool speaks_tls = false;
#endif

}  // namespace healthcheck

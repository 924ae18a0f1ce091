// Restricts a running program to the system calls on its list (seccomp(2)).
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

// musl gives the form with 32-bit time another name than the kernel does.
#ifndef SYS_clock_gettime
#define SYS_clock_gettime SYS_clock_gettime32
#endif

namespace sys {

// A row of a program's list: the call by the kernel's name, and its number on this architecture.
struct AllowedCall {
  const char* name;
  std::uint32_t number;
};
#define ALLOWED_CALL(name) \
  ::sys::AllowedCall { #name, SYS_##name }

// A process may have several tables of system calls (i386's beside amd64's), in which a number means another
// call. The filter accepts only one of them.
#if defined(__x86_64__)
inline constexpr std::uint32_t audit_architecture = AUDIT_ARCH_X86_64;
#elif defined(__i386__)
inline constexpr std::uint32_t audit_architecture = AUDIT_ARCH_I386;
#elif defined(__aarch64__)
inline constexpr std::uint32_t audit_architecture = AUDIT_ARCH_AARCH64;
#elif defined(__arm__)
inline constexpr std::uint32_t audit_architecture = AUDIT_ARCH_ARM;
#elif defined(__s390x__)
inline constexpr std::uint32_t audit_architecture = AUDIT_ARCH_S390X;
#elif defined(__powerpc64__)
inline constexpr std::uint32_t audit_architecture = AUDIT_ARCH_PPC64LE;
#elif defined(__riscv)
inline constexpr std::uint32_t audit_architecture = AUDIT_ARCH_RISCV64;
#endif

// The index of the first call's row in the filter.
inline constexpr std::size_t first_call_at = 4;

// Makes the program of seccomp(2) that lets these calls pass and makes all others fail with EPERM. If
// openat(2) is on the list, it must be the last, and it passes only if it opens for reading.
template <std::size_t count>
constexpr auto make_filter(const std::array<AllowedCall, count>& calls) {
  constexpr std::uint16_t load = BPF_LD | BPF_W | BPF_ABS;
  constexpr std::uint16_t jump_if_equal = BPF_JMP | BPF_JEQ | BPF_K;
  constexpr std::uint16_t jump_if_any = BPF_JMP | BPF_JSET | BPF_K;
  constexpr std::uint16_t answer = BPF_RET | BPF_K;
  // The low half of a 64-bit argument: the flags of openat().
  constexpr std::uint32_t flags_at =
      offsetof(seccomp_data, args[2]) + (std::endian::native == std::endian::big ? 4 : 0);
  constexpr std::uint32_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
  constexpr std::size_t flags = first_call_at + count, refuse = flags + 2, allow = refuse + 1;

  // The operand of a jump is the number of instructions to skip.
  auto over = [](std::size_t from, std::size_t to) { return static_cast<std::uint8_t>(to - from - 1); };
  std::array<sock_filter, allow + 1> filter{};
  // Linux 5.11 and newer run a new filter once for each existing call, to cache the answers that depend on
  // its number alone. For the dozen calls of a probe this does not pay: it takes 30 of 42 µs. A load of
  // anything else ends each of these runs.
  filter[0] = {load, 0, 0, flags_at};
  filter[1] = {load, 0, 0, offsetof(seccomp_data, arch)};
  filter[2] = {jump_if_equal, 0, over(2, refuse), audit_architecture};
  filter[3] = {load, 0, 0, offsetof(seccomp_data, nr)};
  for (std::size_t at = first_call_at; at < flags; ++at)
    filter[at] = {jump_if_equal, over(at, allow), 0, calls[at - first_call_at].number};
  bool opens = calls.back().number == SYS_openat;
  filter[flags - 1].jt = opens ? std::uint8_t{0} : over(flags - 1, allow);
  filter[flags - 1].jf = over(flags - 1, refuse);
  filter[flags] = {load, 0, 0, flags_at};
  filter[flags + 1] = {jump_if_any, over(flags + 1, refuse), over(flags + 1, allow), writing};
  filter[refuse] = {answer, 0, 0, SECCOMP_RET_ERRNO | EPERM};
  filter[allow] = {answer, 0, 0, SECCOMP_RET_ALLOW};
  return filter;
}

// Sets no_new_privs (prctl(2)) and installs this filter (Linux 3.5). Best effort: if the kernel or a sandbox
// refuses it, nothing changes. Children that exist already are not affected.
void confine(std::span<const sock_filter> filter);

}  // namespace sys

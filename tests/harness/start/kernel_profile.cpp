#include "harness/start/kernel_profile.hpp"

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace harness {
namespace {

using Program = std::vector<sock_filter>;

enum class Test : uint16_t { has_bits = BPF_JSET, above = BPF_JGT, equals = BPF_JEQ };

// Refuses a call because of one of its arguments.
struct Rule {
  int call;
  unsigned argument;  // 0 to 5
  Test test;
  unsigned value;
  int error;
};

constexpr Rule without(int call, unsigned argument, unsigned known_flags, int error = EINVAL) {
  return {call, argument, Test::has_bits, ~known_flags, error};
}
constexpr Rule up_to(int call, unsigned argument, unsigned highest, int error = EINVAL) {
  return {call, argument, Test::above, highest, error};
}
constexpr Rule not_with(int call, unsigned argument, unsigned flags, int error = EINVAL) {
  return {call, argument, Test::has_bits, flags, error};
}
constexpr Rule not_as(int call, unsigned argument, unsigned value, int error = EINVAL) {
  return {call, argument, Test::equals, value, error};
}

#ifdef __s390x__
constexpr unsigned clone_flags = 1;
#else
constexpr unsigned clone_flags = 0;
#endif

// Refuses flags and values that came after Linux 4.4 as that kernel did. (It ignored CLONE_PIDFD, which a
// filter cannot do.)
const Rule since_4_4[] = {
    without(SYS_waitid, 3, WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED),  // __WALL: 4.7
    up_to(SYS_waitid, 0, P_PGID),                                                 // P_PIDFD: 5.4
    not_with(SYS_clone, clone_flags, 0x02001000),        // CLONE_NEWCGROUP: 4.6, CLONE_PIDFD: 5.2
    not_with(SYS_unshare, 0, 0x02000080),                // and CLONE_NEWTIME: 5.6
    not_with(SYS_setns, 1, 0x02000080),                  //
    not_as(SYS_prctl, 0, 0x53564d41),                    // PR_SET_VMA: 5.17
    not_as(SYS_prctl, 0, 52),                            // PR_GET_SPECULATION_CTRL: 4.17
    not_as(SYS_prctl, 0, 53),                            // PR_SET_SPECULATION_CTRL
    not_as(SYS_prctl, 0, 65),                            // PR_SET_MDWE: 6.3
    up_to(SYS_seccomp, 0, SECCOMP_SET_MODE_FILTER),      // SECCOMP_GET_ACTION_AVAIL: 4.14
    without(SYS_seccomp, 1, SECCOMP_FILTER_FLAG_TSYNC),  // SECCOMP_FILTER_FLAG_LOG: 4.14
    without(SYS_memfd_create, 1, MFD_CLOEXEC | MFD_ALLOW_SEALING),
    without(SYS_getrandom, 2, 3),                  // GRND_INSECURE: 5.6
    not_with(SYS_mremap, 3, 4),                    // MREMAP_DONTUNMAP: 5.7
    not_as(SYS_madvise, 2, 8),                     // MADV_FREE: 4.5
    not_as(SYS_madvise, 2, 18),                    // MADV_WIPEONFORK: 4.14
    up_to(SYS_membarrier, 0, 1),                   // MEMBARRIER_CMD_GLOBAL_EXPEDITED: 4.16
    up_to(SYS_fcntl, 1, 1034),                     // F_GET_RW_HINT: 4.13
    not_as(SYS_fcntl, 1, 1027),                    // F_DUPFD_QUERY: 6.10
    not_with(SYS_pipe2, 1, 0x80),                  // O_NOTIFICATION_PIPE: 5.8
    not_as(SYS_ioctl, 1, 0x5441, ENOTTY),          // TIOCGPTPEER: 4.13
    up_to(SYS_socket, 0, AF_VSOCK, EAFNOSUPPORT),  // AF_KCM: 4.6
#ifdef __x86_64__
    up_to(SYS_arch_prctl, 0, 0x1004),  // ARCH_GET_CPUID: 4.12, ARCH_CET_STATUS
#endif
};

// The calls that Docker 18.09's default seccomp profile refuses, with EPERM, in a container whose only
// capability is CAP_SYS_PTRACE, which the tests that trace need.
const int refused_by_engine[] = {
    SYS_acct,
    SYS_add_key,
    SYS_adjtimex,
    SYS_bpf,
    SYS_chroot,
    SYS_clock_adjtime,
    SYS_clock_settime,
    SYS_delete_module,
    SYS_fanotify_init,
    SYS_finit_module,
    SYS_get_mempolicy,
    SYS_init_module,
    SYS_kexec_load,
    SYS_keyctl,
    SYS_lookup_dcookie,
    SYS_mbind,
    SYS_membarrier,
    SYS_migrate_pages,
    SYS_mount,
    SYS_move_pages,
    SYS_name_to_handle_at,
    SYS_nfsservctl,
    SYS_open_by_handle_at,
    SYS_perf_event_open,
    SYS_pivot_root,
    SYS_quotactl,
    SYS_reboot,
    SYS_request_key,
    SYS_set_mempolicy,
    SYS_setdomainname,
    SYS_sethostname,
    SYS_setns,
    SYS_settimeofday,
    SYS_swapoff,
    SYS_swapon,
    SYS_umount2,
    SYS_unshare,
    SYS_userfaultfd,
    SYS_vhangup,
};

constexpr unsigned namespaces = 0x7c020000;  // every CLONE_NEW* that there was

sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset));
}
sock_filter answer(int error) {
  return BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error));
}
const sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);

// If the condition on the loaded value holds, the call ends with the error.
void refuse_if(Program& program, Test test, unsigned value, int error) {
  program.push_back(BPF_JUMP(BPF_JMP | BPF_K | static_cast<uint16_t>(test), value, 0, 1));
  program.push_back(answer(error));
}

void add(Program& program, const Rule& rule) {
  program.push_back(load(offsetof(seccomp_data, nr)));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(rule.call), 0, 3));
  // The low half: no flag of these calls is in the high one.
  constexpr std::size_t low = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0;
  program.push_back(load(offsetof(seccomp_data, args) + 8 * std::size_t{rule.argument} + low));
  refuse_if(program, rule.test, rule.value, rule.error);
}

Program linux_4_4() {
  Program program{load(offsetof(seccomp_data, nr))};
  // Its last call on every architecture.
  refuse_if(program, Test::above, SYS_mlock2, ENOSYS);
  for (const Rule& rule : since_4_4) add(program, rule);
  return program;
}

Program old_engine() {
  Program program{load(offsetof(seccomp_data, nr))};
  refuse_if(program, Test::above, SYS_pwritev2, EPERM);
  for (const int call : refused_by_engine)
    refuse_if(program, Test::equals, static_cast<unsigned>(call), EPERM);
  add(program, not_with(SYS_clone, clone_flags, namespaces, EPERM));
  return program;
}

#ifdef __x86_64__
// The programs of 386 on amd64's kernel, by their own numbers: the last call that is known, and, on
// Linux 4.4, waitid's flags.
Program for_386(std::string_view profile) {
  constexpr unsigned mlock2 = 376, arch_prctl = 384;
  constexpr int waitid = 284;
  const bool is_kernel = profile == "linux-4.4";
  Program program{load(offsetof(seccomp_data, nr))};
  refuse_if(program, Test::above, is_kernel ? mlock2 : arch_prctl, is_kernel ? ENOSYS : EPERM);
  if (is_kernel) {
    Rule rule = since_4_4[0];
    rule.call = waitid;
    add(program, rule);
  }
  return program;
}
#endif

void append(Program& program, const Program& part) {
  program.insert(program.end(), part.begin(), part.end());
  program.push_back(allow);
}

Program filter_of(std::string_view profile) {
  Program program;
#ifdef __x86_64__
  const Program other = for_386(profile);
  program.push_back(load(offsetof(seccomp_data, arch)));
  program.push_back(
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, static_cast<uint8_t>(other.size() + 1), 0));
  append(program, other);
#endif
  append(program, profile == "linux-4.4" ? linux_4_4() : old_engine());
  return program;
}

}  // namespace

std::vector<sock_filter> profile_filter() {
  const char* profile = ::getenv("DISTROLESS_PROFILE");
  if (profile == nullptr || *profile == '\0') return {};
  const std::string_view name{profile};
  if (name != "linux-4.4" && name != "old-engine")
    throw std::runtime_error("DISTROLESS_PROFILE names no profile: " + std::string{name});
  return filter_of(name);
}

const char* install_filter(const std::vector<sock_filter>& filter) {
  if (filter.empty()) return nullptr;
  const sock_fprog program{static_cast<unsigned short>(filter.size()),
                           const_cast<sock_filter*>(filter.data())};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0) return nullptr;
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 ? nullptr : "the profile's filter";
}

}  // namespace harness

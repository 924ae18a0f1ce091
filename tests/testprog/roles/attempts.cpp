// Makes system calls that an engine's seccomp profile refuses, and reports the kernel's answers.
#include <errno.h>
#include <linux/keyctl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "report.hpp"
#include "roles.hpp"

namespace testprog {
namespace {

// Numbers that musl's older headers lack; the same on every architecture.
constexpr long io_uring_setup = 425, clone3 = 435;

struct Attempt {
  const char* name;
  long number;
  long arguments[3];
};

// None of them has an effect if the filter lets it through.
constexpr Attempt attempts[] = {
    {"getpid", SYS_getpid, {}},
    {"keyctl", SYS_keyctl, {KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0}},
    {"unshare", SYS_unshare, {}},
    {"mount", SYS_mount, {}},
    {"bpf", SYS_bpf, {-1, 0, 0}},
    {"io_uring_setup", io_uring_setup, {}},
    {"clone3", clone3, {}},
    {"socket of the host", SYS_socket, {AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0}},
};

}  // namespace

int make_attempts(Arguments) {
  for (const Attempt& attempt : attempts) {
    const long result =
        syscall(attempt.number, attempt.arguments[0], attempt.arguments[1], attempt.arguments[2], 0, 0);
    say("%s: %s", attempt.name, result < 0 ? strerror(errno) : "done");
  }
  return 0;
}

}  // namespace testprog

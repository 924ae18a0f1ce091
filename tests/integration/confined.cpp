#include "integration/confined.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <cerrno>
#include <regex>
#include <sstream>

#include "harness/proc.hpp"
#include "integration/inside.hpp"

namespace integration {
namespace {

struct Attempt {
  const char* name;
  SystemCall call;
};

// The kernel does not read the path if the call is refused; if it is not refused, a null path is a fault.
const Attempt attempts[] = {
    {"openat for writing", {SYS_openat, AT_FDCWD, 0, O_WRONLY}},
    {"openat for both", {SYS_openat, AT_FDCWD, 0, O_RDWR}},
    {"openat to create", {SYS_openat, AT_FDCWD, 0, O_CREAT}},
    {"execve", {SYS_execve}},
    {"execveat", {SYS_execveat, AT_FDCWD}},
    {"clone", {SYS_clone, SIGCHLD}},
    {"clone3", {SYS_clone3}},
    {"mmap", {SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC}},
    {"mprotect", {SYS_mprotect, 0, 4096, PROT_EXEC}},
    {"memfd_create", {SYS_memfd_create}},
    {"ptrace", {SYS_ptrace}},
    {"process_vm_writev", {SYS_process_vm_writev}},
    {"unlinkat", {SYS_unlinkat, AT_FDCWD}},
    {"fchmodat", {SYS_fchmodat, AT_FDCWD}},
    {"mount", {SYS_mount}},
    {"setuid", {SYS_setuid}},
    {"prctl", {SYS_prctl}},
    {"seccomp", {SYS_seccomp}},
    {"io_uring_setup", {SYS_io_uring_setup}},
    {"bpf", {SYS_bpf}},
    {"sendmsg", {SYS_sendmsg}},
    {"listen", {SYS_listen}},
    {"accept", {SYS_accept}},
    {"dup3", {SYS_dup3}},
// Newer architectures have only the calls above.
#ifdef __x86_64__
    {"open", {SYS_open, 0, O_RDONLY}},
    {"creat", {SYS_creat}},
    {"fork", {SYS_fork}},
    {"vfork", {SYS_vfork}},
    {"unlink", {SYS_unlink}},
    {"chmod", {SYS_chmod}},
    {"dup2", {SYS_dup2}},
#endif
};

}  // namespace

void expect_confined(pid_t process, Business business) {
  EXPECT_EQ(harness::status_field(process, "NoNewPrivs"), "1");
  EXPECT_EQ(harness::status_field(process, "Seccomp"), "2");
  Inside inside{process};
  for (const Attempt& attempt : attempts) EXPECT_EQ(inside.call(attempt.call), -EPERM) << attempt.name;
  EXPECT_EQ(inside.call(SYS_openat, AT_FDCWD, 0, O_RDONLY), business.reads ? -EFAULT : -EPERM);
  const long socket = inside.call(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
  EXPECT_EQ(socket >= 0, business.sockets) << socket;
  // Shows that the attempts are made at all.
  EXPECT_EQ(inside.call(SYS_write, -1), -EBADF);
}

std::set<std::string> calls_after_filter(const std::string& trace) {
  std::set<std::string> names;
  bool filtered = false;
  const std::regex call{"^([a-z_0-9]+)\\(.*"};
  std::istringstream lines{trace};
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, call)) continue;
    if (filtered) {
      names.insert(match[1]);
      EXPECT_FALSE(line.contains(" = -1 EPERM")) << line;
    }
    if (line.contains("SECCOMP_MODE_FILTER") && line.ends_with(" = 0")) filtered = true;
  }
  return names;
}

}  // namespace integration

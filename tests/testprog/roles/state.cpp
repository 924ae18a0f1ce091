// Prints its inherited state, one `Name: value` for each line. It asks the kernel directly, because there may
// be no /proc.
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "report.hpp"
#include "roles.hpp"
#include "signal_queue.hpp"

namespace testprog {
namespace {

uint64_t blocked_signals() {
  uint64_t set = 0;
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, nullptr, &set, sizeof set);
  return set;
}

// libc refuses to report 32 to 34. The kernel's structure begins with the handler.
uint64_t ignored_signals() {
  uint64_t set = 0;
  for (int signal = 1; signal <= 64; ++signal) {
    uintptr_t action[16] = {};
    syscall(SYS_rt_sigaction, signal, nullptr, action, sizeof set);
    if (action[0] == reinterpret_cast<uintptr_t>(SIG_IGN)) set |= uint64_t{1} << (signal - 1);
  }
  return set;
}

void say_descriptors() {
  char line[512] = "";
  size_t size = 0;
  for (int descriptor = 0; descriptor < 1024 && size < sizeof line - 8; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) < 0) continue;
    size += static_cast<size_t>(snprintf(line + size, sizeof line - size, " %d", descriptor));
  }
  say("Descriptors:%s", line);
}

void say_foreground() {
  const int terminal = open("/dev/tty", O_RDONLY | O_CLOEXEC);
  pid_t group = tcgetpgrp(terminal);
  for (int stream = 0; group < 0 && stream < 3; ++stream) group = tcgetpgrp(stream);
  if (terminal >= 0) close(terminal);
  if (group < 0) {
    say("Foreground: none");
  } else {
    say("Foreground: %d", static_cast<int>(group));
  }
}

}  // namespace

int state(Arguments arguments) {
  const char* listen_pid = getenv("LISTEN_PID");
  char directory[512];
  say("SigBlk: %016llx", static_cast<unsigned long long>(blocked_signals()));
  say("SigIgn: %016llx", static_cast<unsigned long long>(ignored_signals()));
  say_descriptors();
  say("Directory: %s", getcwd(directory, sizeof directory) == nullptr ? "?" : directory);
  say("Pid: %d", static_cast<int>(getpid()));
  say("Parent: %d", static_cast<int>(getppid()));
  say("Group: %d", static_cast<int>(getpgrp()));
  say("Session: %d", static_cast<int>(getsid(0)));
  say_foreground();
  say("User: %d", static_cast<int>(getuid()));
  say("NoNewPrivs: %d", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  say("Seccomp: %d", prctl(PR_GET_SECCOMP, 0, 0, 0, 0));
  say("LISTEN_PID: %s", listen_pid == nullptr ? "unset" : listen_pid);
  if (!arguments.has("wait")) return 0;
  const SignalQueue queue;
  say("ready");
  queue.wait_for(SIGTERM);
  return 0;
}

}  // namespace testprog

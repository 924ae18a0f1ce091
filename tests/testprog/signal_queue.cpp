#include "signal_queue.hpp"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "report.hpp"

namespace testprog {
namespace {

struct Name {
  int signal;
  const char* text;
};

// Uses macros because the numbers differ between architectures.
constexpr Name names[] = {
    {SIGHUP, "HUP"},   {SIGINT, "INT"},       {SIGQUIT, "QUIT"}, {SIGILL, "ILL"},     {SIGTRAP, "TRAP"},
    {SIGABRT, "ABRT"}, {SIGBUS, "BUS"},       {SIGFPE, "FPE"},   {SIGKILL, "KILL"},   {SIGUSR1, "USR1"},
    {SIGSEGV, "SEGV"}, {SIGUSR2, "USR2"},     {SIGPIPE, "PIPE"}, {SIGALRM, "ALRM"},   {SIGTERM, "TERM"},
    {SIGCHLD, "CHLD"}, {SIGSTKFLT, "STKFLT"}, {SIGCONT, "CONT"}, {SIGSTOP, "STOP"},   {SIGTSTP, "TSTP"},
    {SIGTTIN, "TTIN"}, {SIGTTOU, "TTOU"},     {SIGURG, "URG"},   {SIGXCPU, "XCPU"},   {SIGXFSZ, "XFSZ"},
    {SIGPROF, "PROF"}, {SIGVTALRM, "VTALRM"}, {SIGIO, "IO"},     {SIGWINCH, "WINCH"}, {SIGPWR, "PWR"},
    {SIGSYS, "SYS"},
};

constexpr uint64_t every_signal = ~uint64_t{0};

}  // namespace

const char* name_of(int signal) {
  for (const Name& name : names) {
    if (name.signal == signal) return name.text;
  }
  static char text[16];
  snprintf(text, sizeof text, "%d", signal);
  return text;
}

SignalQueue::SignalQueue() {
  if (syscall(SYS_rt_sigprocmask, SIG_SETMASK, &every_signal, nullptr, sizeof every_signal) != 0) {
    give_up("rt_sigprocmask: %s", strerror(errno));
  }
  const long descriptor = syscall(SYS_signalfd4, -1, &every_signal, sizeof every_signal, O_CLOEXEC);
  if (descriptor < 0) give_up("signalfd4: %s", strerror(errno));
  descriptor_ = static_cast<int>(descriptor);
}

SignalQueue::~SignalQueue() { close(descriptor_); }

signalfd_siginfo SignalQueue::next() const {
  signalfd_siginfo info{};
  while (read(descriptor_, &info, sizeof info) != static_cast<ssize_t>(sizeof info)) {
    if (errno != EINTR) give_up("signalfd: %s", strerror(errno));
  }
  return info;
}

void SignalQueue::wait_for(int signal) const {
  while (next().ssi_signo != static_cast<uint32_t>(signal)) {
  }
}

void unblock_all() {
  const uint64_t none = 0;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, sizeof none);
}

}  // namespace testprog

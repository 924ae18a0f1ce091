#include "integration/inside.hpp"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>

#include <cerrno>
#include <system_error>

namespace integration {
namespace {

long trace(__ptrace_request request, pid_t process, void* data = nullptr) {
  const long result = ::ptrace(request, process, nullptr, data);
  if (result == -1) throw std::system_error{errno, std::generic_category(), "ptrace"};
  return result;
}

void wait_for_stop(pid_t process) {
  int status = 0;
  if (::waitpid(process, &status, __WALL) != process || !WIFSTOPPED(status))
    throw std::runtime_error{"the process has ended"};
}

}  // namespace

Inside::Inside(pid_t process) : process_{process} {
  trace(PTRACE_SEIZE, process);
  trace(PTRACE_INTERRUPT, process);
  wait_for_stop(process);
}

Inside::~Inside() { ::kill(process_, SIGKILL); }

long Inside::call(long number, long first, long second, long third) {
  user_regs_struct registers{};
  trace(PTRACE_GETREGS, process_, &registers);
  user_regs_struct changed = registers;
  // The instruction pointer is behind the instruction that went to sleep.
  changed.rip -= 2;
  changed.rax = static_cast<unsigned long long>(number);
  changed.orig_rax = ~0ULL;  // no call is restarted
  changed.rdi = static_cast<unsigned long long>(first);
  changed.rsi = static_cast<unsigned long long>(second);
  changed.rdx = static_cast<unsigned long long>(third);
  trace(PTRACE_SETREGS, process_, &changed);
  for (int stops = 0; stops < 2; ++stops) {  // at its entry, and at its end
    trace(PTRACE_SYSCALL, process_);
    wait_for_stop(process_);
  }
  trace(PTRACE_GETREGS, process_, &changed);
  trace(PTRACE_SETREGS, process_, &registers);
  return static_cast<long>(changed.rax);
}

}  // namespace integration

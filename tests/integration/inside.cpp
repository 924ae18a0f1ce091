#include "integration/inside.hpp"

#include <elf.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace integration {
namespace {

using Registers = user_regs_struct;

long checked(long result) {
  if (result == -1) throw std::system_error{errno, std::generic_category(), "ptrace"};
  return result;
}

void trace(__ptrace_request request, pid_t process) { checked(::ptrace(request, process, nullptr, nullptr)); }

// One of the kernel's sets of registers: PTRACE_GETREGSET reads it, PTRACE_SETREGSET writes it.
template <typename Set>
void transfer(__ptrace_request request, pid_t process, int kind, Set& set) {
  iovec place{&set, sizeof set};
  checked(::ptrace(request, process, kind, &place));
}

void wait_for_stop(pid_t process) {
  int status = 0;
  if (::waitpid(process, &status, __WALL) != process || !WIFSTOPPED(status))
    throw std::runtime_error{"the process has ended"};
}

#if defined(__x86_64__)
using Word = unsigned long long;

void prepare(pid_t, Registers& registers, const SystemCall& call) {
  // The instruction pointer is behind the instruction that went to sleep.
  registers.rip -= 2;
  registers.rax = static_cast<Word>(call.number);
  registers.orig_rax = ~Word{0};  // no call is restarted
  registers.rdi = static_cast<Word>(call.first);
  registers.rsi = static_cast<Word>(call.second);
  registers.rdx = static_cast<Word>(call.third);
}

// The instruction reads the number from the register.
void set_number(pid_t, const SystemCall&) {}

long result_in(const Registers& registers) { return static_cast<long>(registers.rax); }
#elif defined(__aarch64__)
using Word = unsigned long long;

void prepare(pid_t process, Registers& registers, const SystemCall& call) {
  // The program counter is at the instruction that went to sleep if the kernel means to restart the call,
  // else behind it.
  constexpr unsigned svc = 0xd4000001;
  const auto at = reinterpret_cast<void*>(registers.pc);
  const long word = checked(::ptrace(PTRACE_PEEKTEXT, process, at, nullptr));
  if (static_cast<unsigned>(word) != svc) registers.pc -= 4;
  registers.regs[8] = static_cast<Word>(call.number);
  registers.regs[0] = static_cast<Word>(call.first);
  registers.regs[1] = static_cast<Word>(call.second);
  registers.regs[2] = static_cast<Word>(call.third);
}

// If the kernel restarts the call by restart_syscall(2), it writes that number into the register after the
// stop.
void set_number(pid_t process, const SystemCall& call) {
  int number = static_cast<int>(call.number);
  transfer(PTRACE_SETREGSET, process, NT_ARM_SYSTEM_CALL, number);
}

long result_in(const Registers& registers) { return static_cast<long>(registers.regs[0]); }
#else
#error "the registers of a system call are not known here"
#endif

}  // namespace

Inside::Inside(pid_t process) : process_{process} {
  trace(PTRACE_SEIZE, process);
  trace(PTRACE_INTERRUPT, process);
  wait_for_stop(process);
}

Inside::~Inside() { ::kill(process_, SIGKILL); }

long Inside::call(const SystemCall& call) {
  Registers registers{};
  transfer(PTRACE_GETREGSET, process_, NT_PRSTATUS, registers);
  Registers changed = registers;
  prepare(process_, changed, call);
  transfer(PTRACE_SETREGSET, process_, NT_PRSTATUS, changed);
  const auto continue_to_stop = [this] {
    trace(PTRACE_SYSCALL, process_);
    wait_for_stop(process_);
  };
  continue_to_stop();  // at its entry
  set_number(process_, call);
  continue_to_stop();  // at its end
  transfer(PTRACE_GETREGSET, process_, NT_PRSTATUS, changed);
  transfer(PTRACE_SETREGSET, process_, NT_PRSTATUS, registers);
  return result_in(changed);
}

}  // namespace integration

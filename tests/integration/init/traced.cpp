#include "traced.hpp"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include <algorithm>

#include "harness/deadline.hpp"
#include "harness/descriptor.hpp"

namespace init_test {
namespace {

// PTRACE_O_TRACESYSGOOD tells a stop at a call from one by a SIGTRAP.
constexpr int at_call = SIGTRAP | 0x80;

long request(int number, pid_t process, unsigned long data, void* address = nullptr) {
  return ::ptrace(static_cast<__ptrace_request>(number), process, address, data);
}

}  // namespace

Traced::Traced(pid_t process) : process_{process} {
  harness::checked(static_cast<int>(request(PTRACE_SEIZE, process_, PTRACE_O_TRACESYSGOOD)), "PTRACE_SEIZE");
  harness::checked(static_cast<int>(request(PTRACE_INTERRUPT, process_, 0)), "PTRACE_INTERRUPT");
  wait_for_stop();
}

Traced::~Traced() { request(PTRACE_DETACH, process_, 0); }

int Traced::wait_for_stop() const {
  int status = 0;
  harness::eventually("the traced process stops",
                      [&] { return ::waitpid(process_, &status, __WALL | WNOHANG) == process_; });
  if (!WIFSTOPPED(status)) throw std::runtime_error("the traced process has ended");
  return status >> 8;
}

void Traced::run_until(const std::function<bool(const Call&)>& is_wanted) {
  for (unsigned long signal = 0;;) {
    request(PTRACE_SYSCALL, process_, signal);
    const int stop = wait_for_stop();
    const bool is_signal = stop != at_call && stop < 0x100;
    signal = is_signal ? static_cast<unsigned long>(stop) : 0;
    if (stop != at_call) continue;
    __ptrace_syscall_info info{};
    request(PTRACE_GET_SYSCALL_INFO, process_, reinterpret_cast<unsigned long>(&info),
            reinterpret_cast<void*>(sizeof info));
    call_.is_entry = info.op == PTRACE_SYSCALL_INFO_ENTRY;
    if (call_.is_entry) {
      call_.number = static_cast<long>(info.entry.nr);
      std::ranges::copy(info.entry.args, call_.arguments.begin());
    }
    if (is_wanted(call_)) return;
  }
}

}  // namespace init_test

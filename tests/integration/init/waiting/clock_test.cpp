// The deadlines hold although the clock is refused, and although waiting is interrupted again and again.
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>

#include "call_filter.hpp"
#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using namespace std::chrono_literals;
using harness::Clock;
using harness::testprog;

class Deadlines : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Deadlines);

// This is how an engine's profile refuses a call that it does not know.
harness::Options without_clock() {
  harness::Options options;
  options.before_exec = [] { refuse_calls({SYS_clock_gettime}, EPERM); };
  return options;
}

TEST_P(Deadlines, GraceEndsWithoutAClock) {
  Supervised init{GetParam(), {"--grace=300ms", "--", testprog(), "ignore", "TERM"}, without_clock()};
  init->wait_for_line("ready");
  const auto asked = Clock::now();
  init->send(SIGTERM);
  EXPECT_EQ(init.wait().status, 137);
  EXPECT_GE(Clock::now() - asked, 300ms);
}

TEST_P(Deadlines, StopDelayEndsWithoutAClock) {
  Supervised init{
      GetParam(), {"--stop-delay=300ms", "--", testprog(), "signals", "--until=TERM"}, without_clock()};
  init->wait_for_line("ready");
  const auto asked = Clock::now();
  init->send(SIGTERM);
  EXPECT_EQ(init.wait().status, 0);
  EXPECT_GE(Clock::now() - asked, 300ms);
}

TEST_P(Deadlines, DrainEndsWithoutAClock) {
  const Words command{"--drain=300ms",  "--",       testprog(), "orphans", "1", "--deaf",
                      "--live=1000000", "--leave=3"};
  Supervised init{GetParam(), command, without_clock()};
  EXPECT_EQ(init.wait().status, 3);
}

// A debugger that attaches does the same: the wait ends without a signal. If the process has ended meanwhile,
// its status is left for the test.
void interrupt(pid_t process) {
  if (::ptrace(PTRACE_SEIZE, process, nullptr, nullptr) != 0) return;
  ::ptrace(PTRACE_INTERRUPT, process, nullptr, nullptr);
  siginfo_t info{};
  const int any = WEXITED | WSTOPPED | WNOWAIT | __WALL;
  if (::waitid(P_PID, static_cast<id_t>(process), &info, any) == 0 && info.si_code == CLD_TRAPPED)
    ::ptrace(PTRACE_DETACH, process, nullptr, nullptr);
}

bool is_busy(pid_t process) {
  const char state = harness::state_of(process);
  return state == 'R' || state == 't' || state == 'T';
}

TEST_P(Deadlines, InterruptionDoesNotRestartTheWait) {
  Supervised init{GetParam(), {"--grace=1s", "--", testprog(), "ignore", "TERM"}};
  init->wait_for_line("ready");
  const pid_t program = init.program();
  init->send(SIGTERM);
  const harness::Deadline deadline{harness::patience};
  // Many times within the grace period, until PROGRAM is gone.
  while (::kill(program, 0) == 0 && !deadline.passed()) {
    interrupt(init->pid());
    harness::eventually("init waits again, or has ended", [&] { return !is_busy(init->pid()); });
  }
  EXPECT_FALSE(deadline.passed());
  EXPECT_EQ(init.wait().status, 137);
}

}  // namespace
}  // namespace init_test

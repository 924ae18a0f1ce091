// Tests the cost of one probe in system calls and memory.
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <limits>

#include "harness/proc.hpp"
#include "probing.hpp"

namespace healthcheck_test {
namespace {

struct Cost {
  int system_calls = 0;  // from its execve to its exit_group, both included
  long peak_resident = 0;
  int status = -1;
};

// Traces the program to its end.
Cost cost_of(const std::string& target) {
  std::string program = harness::shipped("healthcheck");
  pid_t child = ::fork();
  if (child == 0) {
    ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    ::raise(SIGSTOP);
    char* environment[] = {nullptr};
    const char* arguments[] = {program.c_str(), target.c_str(), nullptr};
    ::execve(program.c_str(), const_cast<char**>(arguments), environment);
    ::_exit(127);
  }
  Cost cost;
  int status = 0;
  ::waitpid(child, &status, 0);
  ::ptrace(PTRACE_SETOPTIONS, child, nullptr,
           PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXIT | PTRACE_O_TRACEEXEC);
  int stops = 0;
  bool executed = false;
  for (;;) {
    ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status) || WIFSIGNALED(status)) break;
    if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8)) executed = true;
    if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8))
      cost.peak_resident = std::stol(harness::status_field(child, "VmHWM"));
    // The first stop after the event is the return of execve itself; each later call has two stops,
    // exit_group one.
    if (executed && WSTOPSIG(status) == (SIGTRAP | 0x80)) ++stops;
  }
  cost.system_calls = stops / 2 + 1;
  cost.status = WEXITSTATUS(status);
  return cost;
}

// The kernel starts each stack at a random place in its page, so a run may need one page more than another. A
// server that is slow to answer takes more waits.
TEST(Cost, OneHttpProbe) {
  Server server{Listener::ipv4(), answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")};
  constexpr std::size_t runs = 11;
  std::array<long, runs> peaks{};
  int calls = std::numeric_limits<int>::max();
  for (long& peak : peaks) {
    Cost cost = cost_of(server.url("/healthz"));
    EXPECT_EQ(cost.status, 0);
    calls = std::min(calls, cost.system_calls);
    peak = cost.peak_resident;
  }
  std::ranges::sort(peaks);
  const long median = peaks[runs / 2];
  RecordProperty("peak_resident_kb", static_cast<int>(median));
  RecordProperty("system_calls", calls);
  EXPECT_LE(calls, 14);
  EXPECT_GE(calls, 8);
  EXPECT_LE(median, 64);
  EXPECT_GT(median, 0);
}

}  // namespace
}  // namespace healthcheck_test

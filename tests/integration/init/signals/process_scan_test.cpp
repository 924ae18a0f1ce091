// Tests processes that init could mistake: for dead, for ended, for members of PROGRAM's group, for its own.
#include <signal.h>
#include <sys/syscall.h>

#include <algorithm>

#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "supervised.hpp"
#include "traced.hpp"

namespace init_test {
namespace {

using harness::testprog;
using harness::operator/;

class ProcessScan : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(ProcessScan);

TEST_P(ProcessScan, ProcessWhoseMainThreadHasEndedIsAlive) {
  harness::Options options;
  options.input = harness::Input::pipe;
  Supervised init{GetParam(),
                  {"--drain=1h", "--", "sh", "-c", "setsid $0 leaderless & read line; exit 5", testprog()},
                  options};
  init->wait_for_line("ready");
  const pid_t leaderless = harness::children_of(init.program()).at(0);
  harness::eventually("its main thread has ended", [&] { return harness::state_of(leaderless) == 'Z'; });
  init->type("\n");
  EXPECT_EQ(init.wait().status, 5);
}

TEST_P(ProcessScan, ProcessWhoseMainThreadHasEndedIsKilledAndNamed) {
  Supervised init{GetParam(),
                  {"--grace=100ms", "--", "sh", "-c", "trap '' TERM; $0 leaderless & wait", testprog()}};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  EXPECT_TRUE(init.wait().err.contains("init: killing testprog (PID ")) << init->err();
}

TEST_P(ProcessScan, StopForTheDebuggerIsNotTheEndOfProgram) {
  Supervised init{GetParam(), {"--", testprog(), "traced", "7"}};
  EXPECT_EQ(init.wait().status, 7);
}

TEST_P(ProcessScan, ProgramThatHasLeftItsGroupGetsItsSignals) {
  Supervised init{GetParam(), {"--group", "--", testprog(), "signals", "--leave-group", "--until=TERM"}};
  init->wait_for_line("ready");
  init->send(SIGHUP);
  EXPECT_TRUE(init->read_line().starts_with("signal 1 "));
  init->send(SIGRTMIN, 77);
  EXPECT_TRUE(init->read_line().ends_with("value 77"));
  init->send(SIGTERM);
  EXPECT_EQ(init.wait().status, 0);
}

// The machine's, bound into the namespace, has other processes at the same PIDs.
TEST_P(ProcessScan, ForeignProcNamesNoProcess) {
  harness::ContainerOptions options;
  options.proc = false;
  Supervised init{GetParam(), {"-w", "--grace=100ms", "--", testprog(), "orphans", "3"}, options};
  for (int count = 0; count < 3; ++count) {
    const std::string line = init->wait_for_line("exited with status 0", harness::Stream::err);
    EXPECT_TRUE(line.starts_with("init: reaped: '' (PID ")) << line;
  }
}

// Starts a scan in which init opens and reads slowly, and after this many calls kills the process between
// PROGRAM and the descendant.
void kill_the_parent_during_the_scan(int calls) {
  const harness::TemporaryDirectory directory;
  const std::string log = directory / "calls";
  Supervised init{
      Place::elsewhere,
      {"--all", "--", "sh", "-c", "sh -c '$0 signals --until=TERM & wait' $0 & wait", testprog()}};
  init->wait_for_line("ready");
  const pid_t parent = harness::children_of(init.program()).at(0);
  const harness::Process strace{{"strace", "-qq", "-o", log, "-e", "trace=open,openat,read", "-e",
                                 "inject=open,openat,read:delay_enter=5000", "-p",
                                 std::to_string(init->pid())}};
  harness::eventually("it is traced", [&] { return harness::status_field(init->pid(), "TracerPid") != "0"; });
  init->send(SIGURG);
  harness::eventually("init has made the calls, or has ended its scan", [&] {
    return std::ranges::count(harness::read_file(log), '\n') >= calls || init->out().contains("signal ");
  });
  ::kill(parent, SIGKILL);
  EXPECT_TRUE(init->wait_for_line("signal ").starts_with("signal 23 ")) << calls;
  init->send(SIGTERM);
  init.wait();
}

// Whenever the parent ends, its child lives on, and is a descendant throughout.
TEST(ScanRaces, DescendantWhoseParentEndsMeanwhileIsNotMissed) {
  in_parallel(60, kill_the_parent_during_the_scan, 4);
}

// Returns whether init is about to signal the process, by its PID inside or by a pidfd.
bool is_signal_to(pid_t process, const Call& call, pid_t init) {
  if (!call.is_entry) return false;
  if (call.number == SYS_kill || call.number == SYS_rt_sigqueueinfo)
    return static_cast<pid_t>(call.arguments[0]) == harness::inner_pid_of(process);
  if (call.number != SYS_pidfd_send_signal) return false;
  const std::string path = "/proc/" + std::to_string(init) + "/fdinfo/" + std::to_string(call.arguments[0]);
  return harness::read_file(path).contains("\nPid:\t" + std::to_string(process) + "\n");
}

// A descendant ends after init has looked at it and before init signals it, and a stranger gets its PID.
TEST(ScanRaces, ProcessThatReusesThePidGetsNoSignal) {
  for (const bool has_value : {false, true}) {
    const std::string script = "trap '' HUP; $0 wait-ms 1000000 & wait; read line";
    harness::Options options;
    options.input = harness::Input::pipe;
    Supervised init{Place::elsewhere, {"--all", "--", "sh", "-c", script, testprog()}, options};
    const pid_t program = init.program();
    harness::eventually("PROGRAM has a child", [&] { return !harness::children_of(program).empty(); });
    const pid_t child = harness::children_of(program).at(0);
    harness::Options reuse;
    reuse.pid = harness::inner_pid_of(child);
    std::optional<harness::Process> stranger;
    {
      Traced traced{init->pid()};
      has_value ? init->send(SIGHUP, 7) : init->send(SIGHUP);
      traced.run_until([&](const Call& call) { return is_signal_to(child, call, init->pid()); });
      ::kill(child, SIGKILL);
      harness::eventually("the PID is free", [&] { return ::kill(child, 0) != 0; });
      stranger.emplace(init.container().exec({testprog(), "signals", "--until=TERM"}, reuse));
      stranger->wait_for_line("ready");
    }
    init->type("\n");
    init.wait();
    // Of two pending signals the lower one would be reported first.
    stranger->send(SIGTERM);
    EXPECT_TRUE(stranger->read_line().starts_with("signal 15 ")) << has_value;
  }
}

}  // namespace
}  // namespace init_test

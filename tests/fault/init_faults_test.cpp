// Runs init with each of its system calls failing in each way, in each of its phases.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sstream>

#include "../integration/init/supervised.hpp"
#include "calls.hpp"
#include "harness/terminal.hpp"
#include "matrix.hpp"

namespace fault_test {
namespace {

using harness::Outcome;
using init_test::Place;
using init_test::Supervised;

// One phase of init's life. PROGRAM reads commands from the test, so it can end even if a signal was lost.
struct Phase {
  const char* name;
  const char* arguments;
  std::vector<std::string> steps;  // a list of steps for each: ready, news, signal N, value N, quit
  std::vector<int> statuses;       // PROGRAM's statuses, then init's; the first is the one without a fault
  bool terminal = false;
};

void PrintTo(const Phase& phase, std::ostream* out) { *out << phase.name; }

const Phase phases[] = {
    {"Help", "--help", {}, {0, 125}},
    {"Version", "--version", {}, {0, 125}},
    {"WrongUse", "--no-such", {}, {125}},
    {"NotFound", "-- no-such-program", {}, {127, 126, 125}},
    {"NotExecutable", "-- /etc/passwd", {}, {126, 127, 125}},
    {"Start", "-- $testprog exit 7", {}, {7}},
    {"StartByPath", "-v -- false", {}, {1}},
    {"Forwarding",
     "-v -e 0=7 -- $testprog signals",
     {"ready signal 10", "value 12", "signal 34", "quit"},
     {7}},
    {"ForwardingToTheGroup", "-g -e 0=7 -- $testprog signals", {"ready signal 10", "value 12", "quit"}, {7}},
    {"ForwardingToAll", "-a -e 0=7 -- $testprog signals", {"ready signal 10", "value 12", "quit"}, {7}},
    {"Reaping", "-v -w -- $testprog orphans 3 --leave=7", {}, {7}},
    {"ParentDeath", "-p TERM -e 0=7 -- $testprog signals", {"ready", "quit"}, {7}},
    {"DelayAndGrace",
     "-v -d 1ms -k 1ms -e 0=7 -- $testprog signals",
     {"ready signal 15", "", "", "", "", "quit"},
     {137, 7}},
    {"Drain", "-v -D 1ms -- $testprog orphans 1 --live=1000000 --deaf --leave=7", {}, {7}},
    {"Together", "-t -- $testprog signals --until=TERM :: $testprog exit 7", {"news", "quit"}, {7, 0}},
    {"Pause", "--pause", {"signal 15", "signal 2"}, {0, 125}},
    {"Terminal", "-- $testprog exit 7", {}, {7}, true},
    {"TerminalSuspended", "-v -- $testprog stopper TSTP", {"ready", "signal 15"}, {143}, true},
};

// Runs between the test's steps and PROGRAM.
class Conversation {
 public:
  Conversation() {
    harness::make_nonblocking(to_program.write_end.get());
    harness::make_nonblocking(from_program.read_end.get());
  }

  std::vector<Step> steps_of(const Phase& phase) {
    std::vector<Step> steps;
    for (const std::string& step : phase.steps)
      steps.push_back([this, step](pid_t init) { return take(step, init); });
    return steps;
  }

  harness::Pipe to_program = harness::make_pipe(), from_program = harness::make_pipe();

 private:
  bool take(const std::string& step, pid_t init) {
    std::istringstream words{step};
    for (std::string word; words >> word;) {
      int signal = 0;
      if (word == "ready" && !is_ready()) return false;
      if (word == "news" && !has_pending(init)) return false;
      if (word == "quit") quit();
      if (word == "signal" && words >> signal) ::kill(init, signal);
      if (word == "value" && words >> signal) ::sigqueue(init, signal, {});
    }
    return true;
  }

  void quit() { [[maybe_unused]] const ssize_t size = ::write(to_program.write_end.get(), "quit\n", 5); }

  // If PROGRAM was not started, or was killed, its end is closed; ours is closed by then.
  bool is_ready() {
    from_program.write_end.close();
    return !harness::take_available(from_program.read_end.get(), said_) || said_.contains("ready");
  }

  std::string said_;
};

struct Ran {
  Outcome outcome;
  Trace trace;
};

Ran run(const Phase& phase, Place place, const Fault& fault = {}) {
  Conversation conversation;
  harness::Terminal terminal;
  Injector injector{fault, conversation.steps_of(phase)};
  harness::Options options;
  options.environment = {"PATH=/no/such:/etc/passwd:/usr/bin"};
  options.before_exec = [&injector] {
    // If close_range(2) fails, each descriptor is closed by itself.
    const rlimit few{Injector::descriptors, Injector::descriptors};
    ::setrlimit(RLIMIT_NOFILE, &few);
    injector.install();
  };
  if (phase.terminal) {
    options.terminal = terminal.program_end();
  } else {
    options.input_descriptor = conversation.to_program.read_end.get();
  }
  if (!phase.steps.empty() && !phase.terminal)
    options.output_descriptor = conversation.from_program.write_end.get();
  Ran ran;
  {
    Supervised init{place, init_test::words(phase.arguments), options};
    ran.outcome = init.wait();
  }
  ran.trace = injector.finish();
  return ran;
}

bool is_creation(int number) {
#ifdef SYS_vfork
  if (number == SYS_vfork) return true;
#endif
  return number == SYS_clone || number == SYS_execve;
}

// The fault may hit the message itself, which then cannot be written.
bool loses_message(const Phase& phase, const Fault& fault) {
  if (is_full_pipe(fault)) return true;
  if (fault.number != SYS_write) return false;
  // The first write goes to standard output.
  const bool prints = phase.statuses.front() == 0 && phase.steps.empty();
  return !prints || fault.count != 1;
}

// Expects only init's own messages, one of which gives the reason of the failure: the action that failed, or
// the failed call with its errno; if init fails without a fault too, the same message as then.
void expect_message(const Fault& fault, const Outcome& outcome, const std::string& usual) {
  // An entry of PATH that is not a directory, or whose name is too long, contains nothing.
  const bool contains_nothing =
      fault.number == SYS_execve && (fault.error == ENOTDIR || fault.error == ENAMETOOLONG);
  const int error = contains_nothing && outcome.status == 127 ? ENOENT : fault.error;
  bool says_why = !usual.empty() && outcome.err.contains(usual);
  for (const std::string& line : init_test::lines_of(outcome.err)) {
    EXPECT_TRUE(line.starts_with("init: ")) << outcome.err;
    const bool says_what = line.starts_with("init: cannot start ") ||
                           line.starts_with("init: cannot execute ") ||
                           line.starts_with("init: " + name_of_call(fault.number) + ": ");
    if (says_what && line.ends_with(std::string{": "} + std::strerror(error))) says_why = true;
  }
  EXPECT_TRUE(says_why) << outcome.err;
  EXPECT_TRUE(outcome.err.ends_with("\n")) << outcome.err;
}

// The calls that init's waiting relies on. If one of these fails, init may never learn that PROGRAM has
// ended, and must then wait without spinning; or nothing prevents a signal from ending it.
bool is_fundamental(int number) {
  return number == SYS_rt_sigprocmask || number == SYS_wait4 || number == SYS_waitid ||
         number == SYS_rt_sigtimedwait;
}

void check(const Phase& phase, Place place, const Fault& fault, const Ran& usual) {
  const Ran ran = run(phase, place, fault);
  // At most fifty rounds of killing may be added, each with a walk through /proc, for which init opens, reads
  // and closes a file up to sixteen times in vain.
  EXPECT_LE(ran.trace.calls.size(), usual.trace.calls.size() + 30 * often);
  const bool was_signalled = ran.outcome.signal == SIGUSR1 || ran.outcome.signal == SIGTERM;
  if (ran.trace.stuck && is_fundamental(fault.number)) return;
  if (was_signalled && fault.number == SYS_rt_sigprocmask) return;
  EXPECT_FALSE(ran.trace.stuck);
  EXPECT_EQ(ran.outcome.signal, 0);
  // With several programs, each may be the one that cannot be started.
  const bool is_together = std::string{phase.name} == "Together";
  const bool fails_before = is_creation(fault.number) && (!ran.trace.program_started || is_together);
  if (fails_before) {
    EXPECT_TRUE(ran.outcome.status >= 125 && ran.outcome.status <= 127) << ran.outcome.status;
  } else if (fault.number == SYS_rt_sigprocmask && fault.first == 0) {
    EXPECT_EQ(ran.outcome.status, 125);
  } else {
    EXPECT_TRUE(std::ranges::count(phase.statuses, ran.outcome.status) == 1) << ran.outcome.status;
  }
  const bool failed = ran.outcome.status >= 125 && ran.outcome.status <= 127;
  const bool fails_anyway = phase.statuses.front() >= 125 && phase.statuses.front() <= 127;
  if (failed && !phase.terminal && !loses_message(phase, fault))
    expect_message(fault, ran.outcome, fails_anyway ? usual.outcome.err : "");
}

// Without this call the phase has no end, whatever init does: a delay without a clock, or a wait that ends
// with it; a PROGRAM on a terminal that only a signal can end.
bool is_all_that_ends(const Phase& phase, int call) {
  const bool has_times = std::string{phase.arguments}.contains("1ms");
  if (has_times && (call == SYS_clock_gettime || is_fundamental(call))) return true;
  return phase.terminal && !phase.steps.empty() && (call == SYS_kill || is_fundamental(call));
}

// The calls that are a row of the matrix.
Trace to_fail(const Phase& phase, Trace trace) {
  std::erase_if(trace.calls, [&](const Trace::Made& made) { return is_all_that_ends(phase, made.number); });
  return trace;
}

class InitFaults : public testing::TestWithParam<std::tuple<Phase, Place>> {};

TEST_P(InitFaults, EndWithoutHangCrashOrWrongStatus) {
  const auto& [phase, place] = GetParam();
  const Ran usual = run(phase, place);
  ASSERT_EQ(usual.outcome.status, phase.statuses.front()) << usual.outcome.err;
  run_matrix(std::string{phase.name} + " " + init_test::text_of(place), to_fail(phase, usual.trace),
             [&](const Fault& fault) { check(phase, place, fault, usual); });
}

INSTANTIATE_TEST_SUITE_P(In, InitFaults,
                         testing::Combine(testing::ValuesIn(phases), testing::ValuesIn(init_test::places)),
                         [](const auto& i) {
                           return std::string{std::get<0>(i.param).name} +
                                  init_test::text_of(std::get<1>(i.param));
                         });

}  // namespace

Size size_of_init() {
  Size size;
  for (const Phase& phase : phases)
    for (const Place place : init_test::places) size.add(to_fail(phase, run(phase, place).trace));
  return size;
}

}  // namespace fault_test

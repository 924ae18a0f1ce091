// Sends signals at the worst moment, 200 times each. Delayed system calls make these moments long; a run
// counts only if the signal came in that moment.
#include <signal.h>
#include <unistd.h>

#include <atomic>

#include "delayed.hpp"
#include "harness/files.hpp"
#include "harness/proc.hpp"

namespace init_test {
namespace {

using harness::testprog;
using harness::operator/;

class Races : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Races);

// True while it still has the name it was created with; a zombie keeps the name.
bool runs_init(pid_t pid) {
  try {
    return harness::name_of(pid) == "init";
  } catch (const std::runtime_error&) {
    return false;  // gone
  }
}

// PROGRAM ends by the signal, which has its default effect there.
Words mortal(const char* scope) { return {scope, "--", testprog(), "wait-ms", "1000000"}; }

TEST_P(Races, SignalBeforeProgramIsCreated) {
  expect_200([&] {
    Delayed run{GetParam(), {"/^(v?fork|clone3?)$:delay_enter=15000"}, mortal("--group")};
    const bool blocked = run.wait_until_blocked();
    run->send(SIGTERM);
    const bool met = blocked && harness::children_of(run->pid()).empty();
    EXPECT_EQ(run.init().wait().status, 143);
    return met;
  });
}

TEST_P(Races, SignalBeforeGroupExists) {
  expect_200([&] {
    Delayed run{GetParam(), {"setpgid:delay_enter=15000"}, mortal("--group")};
    const pid_t child = run.child();
    run->send(SIGTERM);
    const bool met = ::getpgid(child) != child;
    EXPECT_EQ(run.init().wait().status, 143);
    return met;
  });
}

TEST_P(Races, SignalBeforeExecve) {
  for (const char* scope : {"--single-child", "--all"}) {
    expect_200([&] {
      Delayed run{GetParam(), {"execve:delay_enter=15000"}, mortal(scope)};
      const pid_t child = run.child();
      run->send(SIGTERM);
      const bool met = runs_init(child);
      EXPECT_EQ(run.init().wait().status, 143);
      return met;
    });
  }
}

// If init had a handler, the child would have it too until it executes PROGRAM.
TEST_P(Races, SignalToChildBeforeExecve) {
  expect_200([&] {
    Delayed run{GetParam(), {"execve:delay_enter=15000"}, {"--", testprog(), "wait-ms", "1000000"}};
    const pid_t child = run.child();
    ::kill(child, SIGTERM);
    const bool executed = !runs_init(child) && harness::state_of(child) != '\0';
    const Outcome outcome = run.init().wait();
    EXPECT_EQ(outcome.status, 143);
    return !executed && outcome.out.empty();
  });
}

// Returns whether the trace shows a signal to this process, or its group, after the call that reaped it.
bool signalled_after_reap(const std::string& trace, const std::string& pid) {
  bool reaped = false;
  for (const std::string& line : lines_of(harness::read_file(trace))) {
    if (line.contains("waitid") && line.contains("si_pid=" + pid + ",") && !line.contains("WNOWAIT"))
      reaped = true;
    if (reaped && (line.contains("kill(" + pid + ",") || line.contains("kill(-" + pid + ",") ||
                   line.contains("rt_sigqueueinfo(" + pid + ",")))
      return true;
  }
  EXPECT_TRUE(reaped) << "the trace does not show it";
  return false;
}

// Ends a process that waits for a line as soon as the line comes.
void end_program(Delayed& run, pid_t program) {
  run->type("\n");
  harness::eventually("PROGRAM has ended", [&] {
    const char state = harness::state_of(program);
    return state == 'Z' || state == '\0';
  });
}

void expect_no_signal_to_the_reaped(Place place, const char* scope, const std::string& delay) {
  const harness::TemporaryDirectory directory;
  std::atomic<int> runs{0};
  expect_200([&] {
    const std::string trace = directory / std::to_string(runs++);
    Delayed run{place, {delay}, {scope, "--", "sh", "-c", "echo ready; read line; exit 5"}, trace};
    run->wait_for_line("ready");
    const pid_t program = run.child();
    const std::string inner = std::to_string(harness::inner_pid_of(program));
    end_program(run, program);
    bool met = run->running();
    try {
      for (const int signal : {SIGHUP, SIGWINCH, 40, 64}) run->send(signal, 1);
      run->send(SIGTERM);
    } catch (const std::system_error&) {
      met = false;  // init has ended already
    }
    EXPECT_EQ(run.init().wait().status, 5);
    EXPECT_FALSE(signalled_after_reap(trace, inner)) << harness::read_file(trace);
    return met;
  });
}

TEST_P(Races, SignalsBeforeReap) {
  expect_no_signal_to_the_reaped(GetParam(), "--single-child", "waitid:delay_enter=10000");
}

TEST_P(Races, SignalsAfterReap) {
  expect_no_signal_to_the_reaped(GetParam(), "--group", "waitid:delay_exit=10000");
}

TEST_P(Races, SignalsAfterReapOfOneOfSeveral) {
  const harness::TemporaryDirectory directory;
  std::atomic<int> runs{0};
  expect_200([&] {
    const std::string trace = directory / std::to_string(runs++);
    // The second has an input of its own: the line is for the first.
    const std::string listener = "exec $0 signals --until=HUP </dev/null";
    const Words programs{"-t", "--", "sh", "-c", "read line; exit 5", "::", "sh", "-c", listener, testprog()};
    Delayed run{GetParam(), {"waitid:delay_exit=2000"}, programs, trace};
    run->wait_for_line("ready");
    const pid_t first = run.child();
    const std::string inner = std::to_string(harness::inner_pid_of(first));
    end_program(run, first);
    run->wait_for_line("signal 15 ");
    run->send(SIGHUP, 1);
    EXPECT_EQ(run.init().wait().status, 5);
    EXPECT_FALSE(signalled_after_reap(trace, inner)) << harness::read_file(trace);
    return true;
  });
}

// The wait has ended because the time is over, and something else happens before init acts on it.
TEST_P(Races, ProgramEndsAtEndOfDelay) {
  expect_200([&] {
    Delayed run{GetParam(),
                {"rt_sigtimedwait:delay_exit=4000"},
                {"--stop-delay=8ms", "--", "sh", "-c", "trap '' TERM; echo ready; read line; exit 5"}};
    run->wait_for_line("ready");
    run->send(SIGTERM);
    run->type("\n");
    EXPECT_EQ(run.init().wait().status, 5);
    return true;
  });
}

TEST_P(Races, SecondStopSignalAtEndOfDelay) {
  expect_200([&] {
    Delayed run{GetParam(),
                {"rt_sigtimedwait:delay_exit=4000"},
                {"--stop-delay=5ms", "--", testprog(), "signals", "--until=HUP"}};
    run->wait_for_line("ready");
    run->send(SIGTERM);
    run->wait_for_line("signal 15 ");
    run->send(SIGTERM, 1);
    run->wait_for_line("signal 15 ");
    run->send(SIGHUP);
    EXPECT_EQ(run.init().wait().status, 0);
    return true;
  });
}

TEST_P(Races, ProgramEndsAtEndOfGrace) {
  expect_200([&] {
    Delayed run{GetParam(),
                {"rt_sigtimedwait:delay_exit=6000"},
                {"--grace=2ms", "--", "sh", "-c", "trap '' TERM; echo ready; read line; exit 5"}};
    run->wait_for_line("ready");
    const pid_t program = run.child();
    run->send(SIGTERM);
    run->type("\n");
    const int status = run.init().wait().status;
    EXPECT_TRUE(status == 5 || status == 137) << status;
    return status == 5 && harness::state_of(program) == '\0';
  });
}

TEST_P(Races, LastProcessEndsAtEndOfDrain) {
  expect_200([&] {
    Delayed run{GetParam(),
                {"rt_sigtimedwait:delay_exit=4000"},
                {"--drain=6ms", "--", testprog(), "slow-helper", "6", "--exit=5"}};
    run->wait_for_line("ready");
    run->send(SIGTERM);
    EXPECT_EQ(run.init().wait().status, 5);
    return true;
  });
}

TEST_P(Races, StopSignalDuringDrain) {
  expect_200([&] {
    Delayed run{GetParam(),
                {"rt_sigtimedwait:delay_exit=2000"},
                {"--grace=1h", "--drain=1h", "--", testprog(), "slow-helper", "5", "--detach", "--exit=5"}};
    run->wait_for_line("ready");
    try {
      run->send(SIGTERM);
    } catch (const std::system_error&) {
      return false;  // init has ended already
    }
    EXPECT_EQ(run.init().wait().status, 5);
    return true;
  });
}

// The next process ends after init has looked and before it waits: each must still be reported with its name.
TEST_P(Races, ManyEndWhileEachIsReaped) {
  expect_200([&] {
    Delayed run{
        GetParam(), {"waitid:delay_enter=500"}, {"-w", "--", testprog(), "orphans", "20", "--leave=5"}};
    const Outcome outcome = run.init().wait();
    EXPECT_EQ(outcome.status, 5);
    const Words reaped = lines_of(outcome.err);
    EXPECT_EQ(reaped.size(), 20U) << outcome.err;
    for (const std::string& line : reaped)
      EXPECT_TRUE(line.starts_with("init: reaped: testprog (PID ")) << line;
    return true;
  });
}

}  // namespace
}  // namespace init_test

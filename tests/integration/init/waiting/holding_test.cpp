// Tests the resources that init holds while it waits, and their cost.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "harness/descriptor.hpp"
#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "harness/terminal.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using harness::testprog;

// The limit for all of init's memory while it waits, in kilobytes (contract §5).
constexpr long resident_limit = 48;

std::filesystem::path in_proc(pid_t pid, const char* name) {
  return std::filesystem::path{"/proc"} / std::to_string(pid) / name;
}

std::set<std::string> descriptors_of(pid_t pid) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator{in_proc(pid, "fd")})
    names.insert(entry.path().filename());
  return names;
}

class Holding : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Holding);

TEST_P(Holding, RootIsTheWorkingDirectory) {
  harness::Options options;
  options.directory = "/usr/bin";
  Supervised init{GetParam(), {"--", testprog(), "state", "--wait"}, options};
  EXPECT_EQ(init->wait_for_line("Directory"), "Directory: /usr/bin");
  init->wait_for_line("ready");
  init.settle();
  EXPECT_EQ(std::filesystem::read_symlink(in_proc(init->pid(), "cwd")), "/");
}

const std::set<std::string> standard_streams{"0", "1", "2"};

TEST_P(Holding, OnlyTheStandardStreamsStayOpen) {
  harness::Options options;
  options.before_exec = [] {
    for (const int descriptor : {3, 7, 100, 199}) ::dup2(1, descriptor);
  };
  Supervised init{GetParam(), {"--", testprog(), "state", "--wait"}, options};
  EXPECT_EQ(init->wait_for_line("Descriptors"), "Descriptors: 0 1 2 3 7 100 199");
  init->wait_for_line("ready");
  init.settle();
  EXPECT_EQ(descriptors_of(init->pid()), standard_streams);
}

TEST_P(Holding, ThousandsOfDescriptorsAreClosed) {
  harness::Options options;
  options.before_exec = [] {
    for (int descriptor = 3; descriptor < 190; ++descriptor) ::dup2(1, descriptor);
  };
  Supervised init{GetParam(), {"--", testprog(), "signals"}, options};
  init->wait_for_line("ready");
  init.settle();
  EXPECT_EQ(descriptors_of(init->pid()), standard_streams);
}

TEST_P(Holding, ClosedStandardStreamStaysClosed) {
  for (const int closed : {0, 1, 2}) {
    harness::Options options;
    options.before_exec = [closed] { ::close(closed); };
    Supervised init{GetParam(), {"-v", "--", testprog(), "wait-ms", "1000000"}, options};
    init.program();
    init.settle();
    std::set<std::string> others = standard_streams;
    others.erase(std::to_string(closed));
    EXPECT_EQ(descriptors_of(init->pid()), others);
  }
}

// Jobs of cron do this, and so does docker exec.
TEST(HoldingTheStreams, ContainersLogCanBeWrittenThroughProc) {
  const Words script{"--", "sh", "-c", "echo job >> /proc/1/fd/1; echo problem >> /proc/1/fd/2"};
  const Outcome outcome = outcome_of(Place::first_process, script);
  EXPECT_EQ(outcome.out, "job\n");
  EXPECT_EQ(outcome.err, "problem\n");
}

TEST(HoldingATerminal, OnlyTerminalAndStandardStreamsStayOpen) {
  harness::Terminal terminal;
  harness::Container init = terminal.start_container({harness::shipped("init"), "--", testprog(), "signals"});
  terminal.expect("ready");
  harness::eventually("there are four", [&] { return descriptors_of(init.pid()).size() == 4; });
}

TEST(HoldingATerminal, ItNeverBecomesAStandardStream) {
  harness::Terminal terminal;
  harness::ContainerOptions options;
  options.process.before_exec = [] { ::close(2); };
  harness::Container init =
      terminal.start_container({harness::shipped("init"), "-v", "--", testprog(), "signals"}, options);
  terminal.expect("ready");
  harness::eventually("there are three", [&] { return descriptors_of(init.pid()).size() == 3; });
  EXPECT_FALSE(descriptors_of(init.pid()).contains("2"));
  EXPECT_FALSE(terminal.transcript().contains("started")) << terminal.transcript();
}

struct Waiting {
  const char* arguments;
};
constexpr Waiting waiting[] = {
    {"-- $testprog signals"},
    {"--pause"},
    {"--verbose -- $testprog signals"},
    {"--all --warn-reaped --grace=10s --stop-delay=10s -- $testprog signals"},
    {"--together -- $testprog signals :: $testprog signals"},
};

TEST_P(Holding, AtMost48Kilobytes) {
  for (const Waiting& way : waiting) {
    Supervised init{GetParam(), words(way.arguments)};
    if (std::string{way.arguments} != "--pause") init->wait_for_line("ready");
    init.settle();
    const long resident = harness::memory_of(init->pid()).resident;
    EXPECT_LE(resident, resident_limit) << way.arguments;
    if (way.arguments == waiting[0].arguments) RecordProperty("resident_kB", static_cast<int>(resident));
  }
}

TEST_P(Holding, NoMoreMemoryAfterAThousandOrphans) {
  Supervised init{GetParam(), {"--", testprog(), "orphans", "1000"}};
  init->wait_for_line("ready");
  harness::eventually("no zombie", [&] { return init.container().zombies() == 0; });
  init.settle();
  EXPECT_LE(harness::memory_of(init->pid()).resident, resident_limit);
}

TEST_P(Holding, SignalCostsAtMostTwoWakeUps) {
  constexpr int signals = 50;
  for (const char* scope : {"--single-child", "--group", "--all"}) {
    Supervised init{GetParam(), {scope, "--", testprog(), "signals"}};
    init->wait_for_line("ready");
    init.settle();
    const long before = harness::voluntary_switches_of(init->pid());
    for (int count = 0; count < signals; ++count) {
      init->send(SIGHUP, count);
      init->wait_for_line("signal 1 ");
      init.settle();
    }
    const long wake_ups = harness::voluntary_switches_of(init->pid()) - before;
    EXPECT_LE(wake_ups, 2 * signals) << scope;
    EXPECT_GE(wake_ups, 1) << "the wake-up counter does not work";
  }
}

TEST(HoldingNoTime, RunningTrueTakesAtMost20SystemCalls) {
  const harness::TemporaryDirectory directory;
  const std::string trace = directory / "trace";
  const Outcome outcome = harness::run({"strace", "-qq", "-o", trace, harness::shipped("init"), "true"});
  EXPECT_EQ(outcome.status, 0);
  std::size_t calls = 0;
  // The trace also shows the SIGCHLD for PROGRAM's end, which is not a system call.
  for (const std::string& line : lines_of(harness::read_file(trace)))
    calls += line.starts_with("---") ? 0 : 1;
  EXPECT_LE(calls, 20U) << harness::read_file(trace);
  EXPECT_GT(calls, 5U);
  RecordProperty("calls", static_cast<int>(calls));
}

}  // namespace
}  // namespace init_test

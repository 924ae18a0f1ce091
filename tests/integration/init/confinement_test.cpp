// Tests that init, once PROGRAM runs, can do what its code paths need and nothing else.
#include <signal.h>

#include <utility>

#include "delayed.hpp"
#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "init/confinement.hpp"
#include "integration/confined.hpp"

namespace init_test {
namespace {

using harness::testprog;

class Confinement : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Confinement);

std::set<std::string> allowed() {
  std::set<std::string> names;
  for (const auto& call : init::allowed_calls) names.insert(call.name);
  return names;
}

const std::string deaf_orphans = "orphans 2 --live=1000000 --deaf --leave=7";
const std::string slow_orphans = "orphans 2 --live=300 --leave=7";

// The signals that are sent once PROGRAM is ready, and init's exit status.
struct Path {
  std::string arguments;
  std::vector<int> signals;
  int status;
};

const Path paths[] = {
    {"-- $testprog orphans 0 --leave=3", {}, 3},
    {"-vv -- $testprog " + slow_orphans, {}, 7},
    {"--warn-reaped -- $testprog " + slow_orphans, {}, 7},
    {"-v --drain=50ms -- $testprog " + deaf_orphans, {}, 7},
    {"--drain=0 -- $testprog " + slow_orphans, {}, 7},
    {"-v -- $testprog signals --until=TERM", {SIGHUP, 40, SIGTERM}, 0},
    {"-v --group -- $testprog signals --until=TERM", {SIGHUP, 40, SIGTERM}, 0},
    {"-v --all -- $testprog signals --until=TERM", {SIGHUP, 40, SIGTERM}, 0},
    {"-v --stop-delay=50ms -- $testprog signals --until=TERM", {SIGTERM}, 0},
    {"-v --stop-delay=1h -- $testprog signals --until=TERM", {SIGTERM, SIGTERM}, 0},
    {"-v --grace=50ms -- $testprog ignore TERM", {SIGTERM}, 137},
    {"-v --all --grace=50ms -- $testprog ignore TERM", {SIGTERM}, 137},
    {"-v -t --grace=50ms -- $testprog ignore TERM :: $testprog signals --until=TERM", {SIGTERM}, 0},
    {"-v --parent-death-signal=USR1 -- $testprog signals --until=TERM", {SIGTERM}, 0},
};

void expect_inside_the_list(Place place, const Path& path, const harness::TemporaryDirectory& directory) {
  const std::string trace = directory / "trace";
  Delayed run{place, {}, words(path.arguments), trace};
  if (!path.signals.empty()) run->wait_for_line("ready");
  if (path.arguments.contains("::")) run->wait_for_line("ready");
  bool held = false;
  for (const int signal : path.signals) {
    if (signal >= SIGRTMIN)
      run->send(signal, 77);
    else
      run->send(signal);
    if (signal == SIGHUP || signal >= SIGRTMIN) run->wait_for_line("signal " + std::to_string(signal));
    // A second signal that is sent before init has taken the first would merge with it.
    if (path.signals == std::vector{SIGTERM, SIGTERM})
      run->wait_for_line(std::exchange(held, true) ? "forwarding" : "holding", harness::Stream::err);
  }
  EXPECT_EQ(run.init().wait().status, path.status) << path.arguments;
  run.wait_for_trace();
  const std::set<std::string> calls = integration::calls_after_filter(harness::read_file(trace));
  EXPECT_TRUE(calls.contains("exit_group")) << path.arguments;
  for (const std::string& call : calls)
    EXPECT_TRUE(allowed().contains(call)) << path.arguments << ": " << call;
}

TEST_P(Confinement, EveryPathStaysInside) {
  const harness::TemporaryDirectory directory;
  for (const Path& path : paths) expect_inside_the_list(GetParam(), path, directory);
}

TEST_P(Confinement, PauseStaysInside) {
  const harness::TemporaryDirectory directory;
  const std::string trace = directory / "trace";
  Delayed run{GetParam(), {}, {"-v", "--pause"}, trace};
  harness::eventually("it is confined", [&] { return harness::status_field(run->pid(), "Seccomp") == "2"; });
  run->send(SIGTERM);
  EXPECT_EQ(run.init().wait().status, 0);
  run.wait_for_trace();
  EXPECT_TRUE(integration::calls_after_filter(harness::read_file(trace)).contains("exit_group"));
}

TEST_P(Confinement, EveryOtherCallIsRefused) {
  Supervised init{GetParam(), {"--", testprog(), "ignore", "TERM"}};
  init->wait_for_line("ready");
  init.settle();
  integration::expect_confined(init->pid(), {.sockets = false, .reads = true});
}

TEST_P(Confinement, ProgramAndItsChildrenAreNotConfined) {
  Supervised init{GetParam(), {"--", testprog(), "signals"}};
  init->wait_for_line("ready");
  init.settle();
  EXPECT_EQ(harness::status_field(init->pid(), "Seccomp"), "2");
  EXPECT_EQ(harness::status_field(init.program(), "Seccomp"), "0");
}

}  // namespace
}  // namespace init_test

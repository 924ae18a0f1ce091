// Tests that nothing wakes init while nothing happens.
#include <gtest/gtest.h>
#include <signal.h>

#include <list>
#include <thread>

#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using namespace std::chrono_literals;

// Each init waits for something else: for PROGRAM, for no process, for one of two, for the end of a grace
// period.
const char* const idle[] = {
    "-- $testprog ignore TERM",
    "--pause",
    "--together -- $testprog ignore TERM :: $testprog ignore TERM",
    "--grace=1h -- $testprog ignore TERM",
    "--stop-delay=1h -- $testprog ignore TERM",
    "-v --drain=1h -- $testprog orphans 1 --live=1000000 --deaf --leave=0",
};

struct Sleeper {
  Supervised init;
  std::string arguments;
  long switches = 0;
};

void settle(Sleeper& sleeper) {
  Supervised& init = sleeper.init;
  if (sleeper.arguments.contains("orphans")) {
    init->wait_for_line("done");
    // SIGTERM comes after a moment in which nothing else happens.
    init->wait_for_line("asking", harness::Stream::err);
    harness::eventually("PROGRAM was reaped", [&] {
      const auto children = harness::children_of(init->pid());
      return children.size() == 1 && harness::state_of(children.front()) == 'S';
    });
  } else if (sleeper.arguments != "--pause") {
    init->wait_for_line("ready");
    if (sleeper.arguments.contains("1h")) init->send(SIGTERM);
  }
  init.settle();
  sleeper.switches = harness::voluntary_switches_of(init->pid());
}

TEST(Idle, NoWakeUpInTenSeconds) {
  std::list<Sleeper> sleepers;
  for (const Place place : places) {
    for (const char* arguments : idle) {
      sleepers.push_back({Supervised{place, words(arguments)}, arguments});
    }
  }
  for (Sleeper& sleeper : sleepers) settle(sleeper);
  std::this_thread::sleep_for(10s);  // the time is the subject of this test
  for (Sleeper& sleeper : sleepers) {
    EXPECT_EQ(harness::voluntary_switches_of(sleeper.init->pid()), sleeper.switches) << sleeper.arguments;
    EXPECT_EQ(harness::state_of(sleeper.init->pid()), 'S');
  }
}

}  // namespace
}  // namespace init_test

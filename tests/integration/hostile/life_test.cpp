// Packs hours' worth of signals, orphans and probes into a minute. (tools/bench/measure/soak.cpp runs for ten
// minutes, and for a million of each.)
#include "harness/measure/life.hpp"

#include <fcntl.h>
#include <signal.h>

#include <vector>

#include "harness/proc.hpp"
#include "services.hpp"
#include "supervised.hpp"

namespace hostile_test {
namespace {

using harness::Life;
using harness::testprog;
using init_test::Place;
using init_test::Supervised;

constexpr Life::Load in_a_round{.signals = 1000, .orphans = 1000, .probes = 100};

struct Long {
  const char* name;
  Place place;
  int rounds;
  const char* option;
};

class InitsLife : public testing::TestWithParam<Long> {};

TEST_P(InitsLife, LeavesItUnchanged) {
  const harness::Descriptor null = harness::open_file("/dev/null", O_WRONLY);
  harness::Options options;
  options.error_descriptor = null.get();
  Supervised init{GetParam().place, {GetParam().option, "--", testprog(), "app", "0"}, options};
  Life life{init.container(), init.init()};
  life.pass(in_a_round);  // the first pass touches all memory that is ever touched
  const harness::Held before = life.held();
  for (int round = 1; round < GetParam().rounds; ++round) {
    life.pass(in_a_round);
    ASSERT_EQ(life.held(), before) << "after " << round << " rounds";
  }
  EXPECT_EQ(before.descriptors, 3U);  // the standard streams
  init->send(SIGTERM);
  EXPECT_EQ(init.wait().status, 0);
}

// --warn-reaped opens a file for each orphan.
INSTANTIATE_TEST_SUITE_P(In, InitsLife,
                         testing::Values(Long{"FirstProcess", Place::first_process, 30, "--single-child"},
                                         Long{"Elsewhere", Place::elsewhere, 15, "--single-child"},
                                         Long{"Warning", Place::first_process, 10, "--warn-reaped"}),
                         [](const auto& i) { return std::string{i.param.name}; });

struct Gate {
  Services::Kind kind;
  harness::Process probe;
  harness::Held early = {};
};

long rounds_of(const Gate& gate) { return harness::voluntary_switches_of(gate.probe.pid()); }

// It sleeps at least once between attempts.
void wait_for_rounds(const Gate& gate, long rounds) {
  harness::eventually_while(
      std::string{gate.kind.name} + ": it tries again", [&] { return rounds_of(gate) >= rounds; },
      [&] { return rounds_of(gate); });
}

TEST(HealthchecksLife, WaitingLeavesItUnchangedAndEnds) {
  constexpr long early = 100, late = 5000;
  Services services;
  std::vector<Gate> gates;
  for (const Services::Kind& kind : services.kinds())
    gates.push_back(
        {kind, harness::Process{{harness::shipped("healthcheck"), "--wait=1h", "--interval=1ms", kind.ill}}});
  for (Gate& gate : gates) {
    wait_for_rounds(gate, early);
    gate.early = harness::held_by(gate.probe.pid());
  }
  for (Gate& gate : gates) {
    wait_for_rounds(gate, late);
    EXPECT_TRUE(gate.probe.running()) << gate.kind.name;
    const harness::Held now = harness::held_by(gate.probe.pid());
    EXPECT_EQ(now.resident, gate.early.resident) << gate.kind.name;
    EXPECT_LE(now.descriptors, 4U) << gate.kind.name;
  }
  services.heal();
  for (Gate& gate : gates) {
    const harness::Outcome outcome = gate.probe.wait();
    EXPECT_EQ(outcome.status, 0) << gate.kind.name;
    EXPECT_EQ(outcome.err, "");
  }
}

}  // namespace
}  // namespace hostile_test

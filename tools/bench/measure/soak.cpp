#include "soak.hpp"

#include <signal.h>

#include <chrono>
#include <iostream>
#include <stdexcept>

#include "harness/container.hpp"
#include "harness/measure/life.hpp"
#include "harness/programs.hpp"

namespace bench {
namespace {

constexpr harness::Life::Load in_a_round{.signals = 1000, .orphans = 1000, .probes = 100};
constexpr int rounds = 1000;
constexpr std::chrono::minutes at_least{10};

void stop(harness::Container& container) {
  container.init().send(SIGTERM);
  const auto outcome = container.wait();
  if (outcome.status != 0 || !outcome.err.empty()) throw std::runtime_error("the end: " + outcome.err);
}

}  // namespace

void soak() {
  harness::Container container{{harness::shipped("init"), "--", harness::testprog(), "app", "0"}};
  harness::Life life{container, container.init()};
  const auto start = std::chrono::steady_clock::now();
  life.pass(in_a_round);  // the first pass touches all memory that is ever touched
  const harness::Held before = life.held();
  std::cout << "at the start: " << before << std::endl;
  int round = 1;
  while (round < rounds || std::chrono::steady_clock::now() - start < at_least) {
    life.pass(in_a_round);
    if (++round % 100 == 0) std::cout << round << " rounds: " << life.held() << std::endl;
  }
  if (!(life.held() == before)) throw std::runtime_error("the resources of init have changed");
  stop(container);
  const auto taken = std::chrono::steady_clock::now() - start;
  std::cout << static_cast<long>(round) * in_a_round.orphans << " orphans reaped, "
            << static_cast<long>(round) * in_a_round.signals << " signals forwarded, "
            << static_cast<long>(round) * in_a_round.probes << " probes healthy in "
            << std::chrono::duration_cast<std::chrono::seconds>(taken).count()
            << " s: nothing lost, nothing grown." << std::endl;
}

}  // namespace bench

// healthcheck's phases: what it is run with, and what is right there.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <ostream>
#include <set>
#include <span>

#include "scene.hpp"

namespace fault_test {

using std::chrono::milliseconds;

enum class Needs : std::uint8_t {
  each,  // nothing is tried twice, and nothing is done for politeness alone: one failure is enough
  some,  // what fails for ever is missed
};

enum class Says : std::uint8_t { the_reason, nothing, one_line, three_lines };  // the lines: where healthy

struct Phase {
  const char* name;
  std::function<void(Scene&)> set;
  int status;
  // The calls that the verdict rests on: without one of these nothing shows that it is healthy, or, where it
  // is not, one failure may hide that.
  std::set<int> needed;
  Needs needs = Needs::each;
  // By then it has ended: its --timeout or its --wait.
  milliseconds limit{1000};
  Says says = Says::the_reason;
};

inline void PrintTo(const Phase& phase, std::ostream* out) { *out << phase.name; }

std::span<const Phase> healthcheck_phases();

}  // namespace fault_test

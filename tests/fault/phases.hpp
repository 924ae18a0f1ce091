// The phases of healthcheck: its arguments and the results that are correct.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <ostream>
#include <set>
#include <span>
#include <string_view>

#include "scene.hpp"

namespace fault_test {

using std::chrono::milliseconds;

enum class Needs : std::uint8_t {
  each,  // nothing is retried and nothing is done only for politeness: one failure is enough
  some,  // a call that fails forever is noticed
};

enum class Says : std::uint8_t { the_reason, nothing, one_line, three_lines };  // the messages, if healthy

struct Phase {
  const char* name;
  std::function<void(Scene&)> set;
  int status;
  // The calls that the verdict relies on. Without one of them nothing shows that the target is healthy; if it
  // is not, one failure may hide that.
  std::set<int> needed;
  Needs needs = Needs::each;
  // The time by which it has ended: its --timeout or its --wait.
  milliseconds limit{1000};
  Says says = Says::the_reason;

  bool waits() const { return std::string_view{name}.starts_with("Waiting"); }
};

inline void PrintTo(const Phase& phase, std::ostream* out) { *out << phase.name; }

std::span<const Phase> healthcheck_phases();
// Of healthcheck-tls.
std::span<const Phase> tls_phases();

}  // namespace fault_test

// Shared by the supervisor's tests: a clock, and the expected actions.
#pragma once

#include "init/supervisor.hpp"

namespace init {

using Kind = Action::Kind;
using base::milliseconds;
using base::seconds;

constexpr Instant at(std::int64_t second) { return {(second + 1000) * 1'000'000'000}; }

constexpr bool forwards(Action action, Signal signal) {
  return action.kind == Kind::Forward && action.signal == signal && !action.and_continue;
}
// SIGCONT follows it, as it follows every stop signal.
constexpr bool stops(Action action, Signal signal) {
  return action.kind == Kind::Forward && action.signal == signal && action.and_continue;
}
constexpr bool exits(Action action, int status) {
  return action.kind == Kind::Exit && action.status == status;
}

constexpr Policy with(auto change) {
  Policy policy;
  change(policy);
  return policy;
}

}  // namespace init

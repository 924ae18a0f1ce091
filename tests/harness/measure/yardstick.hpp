// Yardstick: how slow this machine is at the moment, so that what a test allows is measured against the same
// machine in the same run.
//
//   EXPECT_LE(outcome.elapsed, timeout + allowance(200ms));
#pragma once

#include <chrono>
#include <string>

namespace harness {

// The time to start a program and see its end, or to do a fixed amount of work, in multiples of a quiet
// machine's: the larger of the two; at least 1, at most 200. It is measured with a program like those under
// test: if they are emulated, so is this one. A result is used for a second.
double slowness();

// The time that this machine needs for work that takes `quiet` on a quiet machine.
std::chrono::milliseconds allowance(std::chrono::milliseconds quiet);

// A time limit for a program under test that runs out, but not before a slow machine has done what comes
// first: the allowance at this moment, from a second on in whole seconds.
class Limit {
 public:
  explicit Limit(std::chrono::milliseconds quiet);
  std::chrono::milliseconds time() const { return time_; }
  // As the programs read it and write it in their messages: "150ms", "2s".
  std::string text() const;

 private:
  std::chrono::milliseconds time_;
};

}  // namespace harness

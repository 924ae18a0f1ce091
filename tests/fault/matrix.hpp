// Matrix: every system call of a run × every errno × once or for ever.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "injector.hpp"

namespace fault_test {

// libc's first and last: it crashes on purpose where it gets no thread's memory, and the call that ends the
// process does not return.
bool cannot_fail(int number);

// "connect #2: ETIMEDOUT for ever"
std::string describe(const Fault& fault);

// The errors that ask for another try come a hundred times in a row, and not for ever: whoever heeds them
// would try for ever. (That many at each place is one cell, as for ever is.)
inline constexpr int often = 100;
inline constexpr int for_ever = 1'000'000'000;

std::vector<Fault> faults_for(const Trace& trace);

// How large the matrix of a program is; it varies a little with how often is waited.
struct Size {
  int phases = 0;
  int cells = 0;

  void add(const Trace& trace);
};
Size size_of_init();
Size size_of_healthcheck();

// Runs each cell, some at a time, and prints how many there were.
void run_matrix(const std::string& phase, const Trace& trace, const std::function<void(const Fault&)>& run);

}  // namespace fault_test

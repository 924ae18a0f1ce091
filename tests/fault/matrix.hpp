// Matrix: every system call of a run × every errno × once or forever.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "injector.hpp"

namespace fault_test {

// libc's first and last calls: libc crashes on purpose if it gets no memory for its thread, and the call that
// ends the process does not return.
bool cannot_fail(int number);

// Such as "connect #2: ETIMEDOUT for ever".
std::string describe(const Fault& fault);

// Errors that mean "try again" come a hundred times in a row and not forever, because a caller that heeds
// them would try forever. (That many at each place is one cell, as forever is.)
inline constexpr int often = 100;
inline constexpr int for_ever = 1'000'000'000;

// Returns whether the fault says that a pipe is full at the moment of writing: the message is given up then.
bool is_full_pipe(const Fault& fault);

std::vector<Fault> faults_for(const Trace& trace);

// The size of a program's matrix; it varies slightly with the number of waits.
struct Size {
  int phases = 0;
  int cells = 0;

  void add(const Trace& trace);
};
Size size_of_init();
Size size_of_healthcheck();
Size size_of_healthcheck_tls();

// Runs each cell, several at a time, and prints their number.
void run_matrix(const std::string& phase, const Trace& trace, const std::function<void(const Fault&)>& run);

}  // namespace fault_test

// With --trace: a line for each thing that happens in the simulated kernel, by its time.
#pragma once

#include <cstdio>

#include "simulation/time.hpp"

namespace simulation {

inline bool tracing = false;

// Each simulation has its own clock.
Time simulated_time();

template <class... Values>
void note(const char* what, Values... values) {
  if (!tracing) return;
  std::printf("%12.6f %s", static_cast<double>(simulated_time()) / second, what);
  (std::printf(" %lld", static_cast<long long>(values)), ...);
  std::printf("\n");
}

}  // namespace simulation

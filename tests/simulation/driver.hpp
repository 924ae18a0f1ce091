// The command line of a simulation: which seeds to run.
#pragma once

#include <cstdint>

#include "simulation/violation.hpp"

namespace simulation {

// Runs the program once. Returns false, and prints what happened, if the run broke a rule. Each simulation
// has its own.
bool passes(std::uint64_t seed);

// Prints which rule the seed broke, and the command line.
void print_violation(std::uint64_t seed, const Violation& violation, char** arguments);

}  // namespace simulation

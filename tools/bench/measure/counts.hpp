// Counts that are the same on every run; no times.
#pragma once

#include "runs.hpp"

namespace bench {

struct Calls {
  long all;
  long confinement;  // the system calls that only confine the program itself
};

Calls system_calls_of(const Words& command);      // for the program and everything it starts, from strace
double instructions_of(const Words& command);     // for the program alone, from callgrind
double bytes_loaded_by(const std::string& path);  // of the file, its libraries and their loader
double peak_kilobytes_of(const Words& command);   // resident at exit

}  // namespace bench

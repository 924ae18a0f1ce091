// What is the same on every run: counts, not times.
#pragma once

#include "runs.hpp"

namespace bench {

struct Calls {
  long all;
  long confinement;  // of them, those that only confine the program itself
};

Calls system_calls_of(const Words& command);      // of it and all it starts, from strace
double instructions_of(const Words& command);     // of the program alone, from callgrind
double bytes_loaded_by(const std::string& path);  // the file, its libraries and their loader
double peak_kilobytes_of(const Words& command);   // resident, when it ends

}  // namespace bench

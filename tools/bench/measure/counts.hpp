// Counts, no times.
#pragma once

#include "report/table.hpp"
#include "runs.hpp"

namespace bench {

struct Calls {
  long all;
  long confinement;  // the system calls that only confine the program itself
};

// For the program and everything it starts, from strace: the fewest of several runs. If a busy machine
// delays the server, a probe has to wait more often.
Calls system_calls_of(const Words& command);
void add_calls(Table& table, const std::vector<Calls>& calls);  // of each subject
double instructions_of(const Words& command);                   // for the program alone, from callgrind
double bytes_loaded_by(const std::string& path);                // of the file, its libraries and their loader
double peak_kilobytes_of(const Words& command);                 // resident at exit

}  // namespace bench

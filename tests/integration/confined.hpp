// Tries, from inside a confined program, the calls that it must not make.
#pragma once

#include <sys/types.h>

#include <set>
#include <string>

namespace integration {

// Tries everything that would help someone who has taken over this sleeping process: opening a file for
// writing, a socket unless `sockets`, starting a program, executable memory, another process. Each must be
// refused; the calls on its list, and reading a file if `reads`, must not be refused.
struct Business {
  bool sockets = false;
  bool reads = false;
};
void expect_confined(pid_t process, Business business);

// Returns the names of the system calls that strace(1) recorded for one process after it installed its
// filter; each call that failed with EPERM fails the test. Empty if there was no filter.
std::set<std::string> calls_after_filter(const std::string& trace);

}  // namespace integration

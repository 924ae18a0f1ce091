// What a confined program may not do, tried from inside of it.
#pragma once

#include <sys/types.h>

#include <set>
#include <string>

namespace integration {

// Tries everything that would be of use to whoever has taken over this process, which sleeps: to open a file
// for writing, a socket where `sockets` are not its business, a program, memory to execute, another process.
// Each has to be refused; and what its list has, and reading a file where `reads`, must not be.
struct Business {
  bool sockets = false;
  bool reads = false;
};
void expect_confined(pid_t process, Business business);

// The names of the system calls in a trace by strace(1) of one process, after its filter; each that failed
// with EPERM is a failure of the test. Empty: there was no filter.
std::set<std::string> calls_after_filter(const std::string& trace);

}  // namespace integration

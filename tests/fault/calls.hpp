// Lists the system calls that the two programs make, and how each may fail.
#pragma once

#include <span>
#include <string>

namespace fault_test {

struct Call {
  int number;
  const char* name;
  // The errors that the call's man page lists (man-pages 6.03; its section 7 too for sockets), and those of
  // the calls that it wraps. Empty if a call is documented never to fail.
  std::span<const int> errors;
};

// Returns null if the table does not have the call.
const Call* find_call(int number);
std::string name_of_call(int number);
// A call also fails with ENOSYS or EPERM if a sandbox refuses it.
bool is_listed(const Call& call, int error);
// Returns whether the error means to try the call again or, for connect(2), to wait for the result.
bool asks_again(int number, int error);

}  // namespace fault_test

// The system calls that the two programs make, and how each may fail.
#pragma once

#include <span>
#include <string>

namespace fault_test {

struct Call {
  int number;
  const char* name;
  // Those that the man page lists (man-pages 6.03; its section 7 too for sockets), and of what it wraps;
  // where a call is said never to fail, none.
  std::span<const int> errors;
};

// Null: the table lacks it.
const Call* find_call(int number);
std::string name_of_call(int number);
// A call answers ENOSYS or EPERM too, where a sandbox refuses it.
bool is_listed(const Call& call, int error);
// The programs' words for an errno, which stand in their messages.
std::string words_for(int error);
// Whether the error says to try again, or, of connect(2), to ask again.
bool asks_again(int number, int error);

}  // namespace fault_test

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

#include "sys/directory.hpp"

namespace sys {

namespace {

// A descriptor is an int. gVisor refuses a higher last number (EINVAL); Linux takes any.
constexpr unsigned last_descriptor = 0x7fffffff;

// If neither close_range(2) nor /proc is there, the numbers below this one are tried. That takes some ten
// milliseconds; a limit of 2^30 descriptors would take minutes.
constexpr unsigned max_tried = 65'536;

// Closes the open descriptors that /proc lists. Returns false if it does not list them all.
bool close_listed(unsigned first, unsigned last) {
  // The listing itself takes a descriptor, and all that the limit allows may be in use.
  close(static_cast<Descriptor>(first));
  auto directory = open_directory("/proc/self/fd");
  if (!directory) return false;
  __attribute__((uninitialized)) NumberedEntries entries{*directory, last};
  while (auto number = entries.next()) {
    auto one = static_cast<Descriptor>(*number);
    if (*number >= first && one != *directory) close(one);
  }
  close(*directory);
  return entries.are_complete();
}

void close_counted(unsigned first, unsigned last) {
  std::uint64_t limit[2] = {max_tried, 0};  // the soft one, the hard one
  ::syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, nullptr, limit);
  auto end = static_cast<unsigned>(std::min<std::uint64_t>(limit[0], max_tried));
  for (unsigned one = first; one <= last && one < end; ++one) close(static_cast<Descriptor>(one));
}

// close_range(2) exists since Linux 5.9, and a sandbox may refuse it.
void close_range(unsigned first, unsigned last) {
#ifndef SYS_close_range
  constexpr long SYS_close_range = 436;  // the same number on every architecture
#endif
  if (::syscall(SYS_close_range, first, last, 0) == 0) return;
  if (!close_listed(first, last)) close_counted(first, last);
}

}  // namespace

void close_all_above(Descriptor last, Descriptor kept) {
  auto first = static_cast<unsigned>(last) + 1;
  if (kept > last) {
    auto middle = static_cast<unsigned>(kept);
    if (first < middle) close_range(first, middle - 1);
    first = middle + 1;
  }
  close_range(first, last_descriptor);
}

}  // namespace sys

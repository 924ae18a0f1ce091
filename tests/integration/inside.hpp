// Inside: makes system calls in the place of a process that sleeps in one, as whoever has taken it over
// would.
//
//   Inside init{pid};
//   EXPECT_EQ(init.call(SYS_socket, AF_INET, SOCK_STREAM, 0), -EPERM);
//
// amd64 only. The process is stopped meanwhile, and is of no more use when the object goes: it is killed.
#pragma once

#include <sys/types.h>

namespace integration {

class Inside {
 public:
  explicit Inside(pid_t process);
  Inside(const Inside&) = delete;
  ~Inside();

  // What the kernel answers: a negative number is an errno.
  long call(long number, long first = 0, long second = 0, long third = 0);

 private:
  pid_t process_;
};

}  // namespace integration

// Inside: makes system calls in a process that sleeps in one, as someone who has taken over the process
// would.
//
//   Inside init{pid};
//   EXPECT_EQ(init.call(SYS_socket, AF_INET, SOCK_STREAM, 0), -EPERM);
//
// On amd64 and arm64. The process is stopped meanwhile; the destructor kills it, since it cannot continue.
#pragma once

#include <sys/types.h>

namespace integration {

struct SystemCall {
  long number;
  long first = 0, second = 0, third = 0;
};

class Inside {
 public:
  explicit Inside(pid_t process);
  Inside(const Inside&) = delete;
  ~Inside();

  // Returns the kernel's result: a negative number is an errno.
  long call(const SystemCall& call);
  long call(long number, long first = 0, long second = 0, long third = 0) {
    return call(SystemCall{number, first, second, third});
  }

 private:
  pid_t process_;
};

}  // namespace integration

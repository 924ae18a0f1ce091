// SignalQueue: every signal blocked, with the kernel's own mask, and read from a descriptor. The sets of libc
// leave out 32 and 33, and musl's 34 too.
#pragma once

#include <sys/signalfd.h>

namespace testprog {

// "TERM"; real-time signals by number: the kernel, glibc and musl count from different ones.
const char* name_of(int signal);

class SignalQueue {
 public:
  SignalQueue();  // blocks, and keeps a blocking descriptor that closes on exec
  SignalQueue(const SignalQueue&) = delete;
  ~SignalQueue();

  int descriptor() const { return descriptor_; }
  signalfd_siginfo next() const;
  // Takes signals until that one has come.
  void wait_for(int signal) const;

 private:
  int descriptor_;
};

// Empty mask: what a started program usually begins with.
void unblock_all();

}  // namespace testprog

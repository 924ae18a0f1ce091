// SignalQueue: blocks every signal, with the kernel's own mask, and reads signals from a descriptor. libc's
// signal sets leave out 32 and 33, and musl's 34 too.
#pragma once

#include <sys/signalfd.h>

namespace testprog {

// Such as "TERM"; real-time signals by number: the kernel, glibc and musl count from different ones.
const char* name_of(int signal);

class SignalQueue {
 public:
  SignalQueue();  // blocks, and keeps a blocking descriptor that closes on exec
  SignalQueue(const SignalQueue&) = delete;
  ~SignalQueue();

  int descriptor() const { return descriptor_; }
  signalfd_siginfo next() const;
  // Takes signals until this one has come.
  void wait_for(int signal) const;

 private:
  int descriptor_;
};

// Empties the mask: a started program usually begins with an empty one.
void unblock_all();

}  // namespace testprog

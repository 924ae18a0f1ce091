// Delayed: init with some of its system calls slowed down, so that other events happen in between.
//
//   Delayed run{Place::first_process, {"setpgid:delay_enter=20000"}, {"--group", "--", testprog(),
//   "signals"}};
//
// strace(1) delays the calls, from outside the namespace and before init's first instruction.
#pragma once

#include "supervised.hpp"

namespace init_test {

class Delayed {
 public:
  // Each injection has the form of strace's inject= option, with microseconds. `trace` names a file for the
  // injected calls, kill and rt_sigqueueinfo; without injections it receives every call of init itself.
  Delayed(Place place, const Words& injections, const Words& arguments,
          const std::string& trace = "/dev/null");

  Supervised& init() { return init_; }
  harness::Process* operator->() { return &init_.init(); }
  // Waits until every signal is blocked: from then on none may be lost. Returns false if that moment was too
  // short to be seen.
  bool wait_until_blocked();
  // Returns the child that is or will become PROGRAM; waits until there is one.
  pid_t child() { return init_.program(); }
  // Waits until the traced processes have ended and the trace is written.
  void wait_for_trace() { strace_.wait(); }

 private:
  Supervised init_;
  harness::Process strace_;
};

// Repeats the run, several at a time, until it has met the intended moment 200 times.
void expect_200(const std::function<bool()>& met);

}  // namespace init_test

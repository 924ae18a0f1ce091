// Delayed: init with some of its system calls made slow, so that what else happens happens in between.
//
//   Delayed run{Place::first_process, {"setpgid:delay_enter=20000"}, {"--group", "--", testprog(),
//   "signals"}};
//
// strace(1) does it, from outside of the namespace and from before init's first instruction.
#pragma once

#include "supervised.hpp"

namespace init_test {

class Delayed {
 public:
  // Each injection as strace's inject= has it, with microseconds. `trace` names a file for the calls that are
  // injected into, and for kill and rt_sigqueueinfo; without injections, for every call of init alone.
  Delayed(Place place, const Words& injections, const Words& arguments,
          const std::string& trace = "/dev/null");

  Supervised& init() { return init_; }
  harness::Process* operator->() { return &init_.init(); }
  // Until every signal is blocked: from then on none may be lost. False: it was too short to be seen.
  bool wait_until_blocked();
  // The child that PROGRAM is or will be; waits until there is one.
  pid_t child() { return init_.program(); }
  // Until the trace is written, once what is traced has ended.
  void wait_for_trace() { strace_.wait(); }

 private:
  Supervised init_;
  harness::Process strace_;
};

// Runs it until it has answered 200 times that what it wanted to meet was met; some at a time.
void expect_200(const std::function<bool()>& met);

}  // namespace init_test

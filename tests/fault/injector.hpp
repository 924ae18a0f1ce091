// Injector: runs one of the programs, sees every system call that it makes, and lets one fail.
//
//   Injector injector{{.number = SYS_connect, .error = EPERM, .count = 1}};
//   options.before_exec = [&] { injector.install(); };
//   EXPECT_EQ(run({shipped("healthcheck"), target}, options).status, 1);
//   injector.finish().calls;
//
// The kernel asks for every call, by seccomp's user notification. What PROGRAM calls is let through unseen.
#pragma once

#include <linux/seccomp.h>

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "harness/descriptor.hpp"

namespace fault_test {

// The calls with this number, from the first-th on, counted from 0, fail.
struct Fault {
  int number = -1;
  int error = 0;
  int first = 0;
  int count = 0;
};

// What happened, call by call: the program's own, and those that its child makes until it executes PROGRAM.
struct Trace {
  struct Made {
    int number;
    bool in_child;
  };
  std::vector<Made> calls;
  std::size_t at_fault = 0;      // how many had been made when the fault came; 0: it did not come
  bool program_started = false;  // the child has become something else
  bool stuck = false;  // it would have waited for ever, with nothing left to wait for; it was killed
};

// Whether a signal waits for it; also where it has been ended.
bool has_pending(pid_t pid);

// What is done, one step each time the program is about to wait for signals. It goes on to wait once the step
// answers true; until then the step is asked again whenever another process has made a call.
using Step = std::function<bool(pid_t program)>;

class Injector {
 public:
  explicit Injector(Fault fault, std::vector<Step> steps = {});
  Injector(const Injector&) = delete;
  ~Injector();

  // Enough for what the harness itself holds when it forks.
  static constexpr int descriptors = 512;
  // For Options::before_exec: from here on the kernel asks.
  void install() const;
  // Until no process is left that the kernel asks for.
  Trace finish();

 private:
  void answer_all();
  void answer(const seccomp_notif& asked);
  void respond(std::uint64_t id, int error) const;
  bool belongs_to_child(pid_t pid);
  int error_for(int number, bool in_child);
  void take_steps();
  bool may_wait();

  Fault fault_;
  std::vector<Step> steps_;
  std::size_t next_step_ = 0;
  harness::Descriptor ours_;
  harness::Descriptor theirs_;
  Trace trace_;
  pid_t program_ = 0;
  std::string executable_;
  std::set<pid_t> foreign_;
  std::map<int, int> made_;
  seccomp_notif waiting_{};  // the call that is held up; its id is 0 where none is
  harness::Descriptor listener_;
  std::thread thread_;
};

}  // namespace fault_test

// Injector: runs one of the programs, sees every system call that it makes, and makes one fail.
//
//   Injector injector{{.number = SYS_connect, .error = EPERM, .count = 1}};
//   options.before_exec = [&] { injector.install(); };
//   EXPECT_EQ(run({shipped("healthcheck"), target}, options).status, 1);
//   injector.finish().calls;
//
// The kernel asks about every call through seccomp's user notification. PROGRAM's own calls pass unseen.
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

// `count` calls with this number fail, starting at the first-th, which counts from 0.
struct Fault {
  int number = -1;
  int error = 0;
  int first = 0;
  int count = 0;
};

// The calls of the run in order: the program's own, and those of its child until it executes PROGRAM.
struct Trace {
  struct Made {
    int number;
    bool in_child;
  };
  std::vector<Made> calls;
  std::size_t at_fault = 0;      // number of calls before the fault; 0: the fault did not come
  bool program_started = false;  // the child has executed PROGRAM
  bool stuck = false;  // it would have waited forever, with nothing left to wait for, and was killed
};

// Returns true if a signal is pending for it, or if it has been killed.
bool has_pending(pid_t pid);

// Runs one step each time the program is about to wait for signals. When the step returns true, the program
// waits; until then the step is called again whenever another process has made a call.
using Step = std::function<bool(pid_t program)>;

class Injector {
 public:
  explicit Injector(Fault fault, std::vector<Step> steps = {});
  Injector(const Injector&) = delete;
  ~Injector();

  // Enough for the descriptors that the harness itself holds when it forks.
  static constexpr int descriptors = 512;
  // For Options::before_exec. Afterwards the kernel asks about each call.
  void install() const;
  // Waits until the kernel has no process left to ask about.
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
  seccomp_notif waiting_{};  // the call that is held up; its id is 0 if there is none
  harness::Descriptor listener_;
  std::thread thread_;
};

}  // namespace fault_test

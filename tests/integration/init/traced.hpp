// Traced: a process that is stopped at one of its system calls, so that something else happens just there.
//
//   Traced traced{init->pid()};
//   init->send(SIGHUP);
//   traced.run_until([](const Call& call) { return call.is_entry && call.number == SYS_kill; });
//   // ... and when `traced` is destroyed, the process runs on.
//
// All of it in the thread that has made the object (ptrace(2)).
#pragma once

#include <sys/types.h>

#include <array>
#include <functional>

namespace init_test {

// The moment before the kernel makes the call, or after it.
struct Call {
  bool is_entry;
  long number;
  std::array<unsigned long, 6> arguments;
};

class Traced {
 public:
  // Stops it wherever it is.
  explicit Traced(pid_t process);
  Traced(const Traced&) = delete;
  ~Traced();

  // Lets it run until it is at such a call.
  void run_until(const std::function<bool(const Call&)>& is_wanted);

 private:
  // Waits for its next stop. Returns the signal that it stopped by, and the event in the byte above.
  int wait_for_stop() const;

  pid_t process_;
  Call call_{};
};

}  // namespace init_test

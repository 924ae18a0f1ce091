// The system as a test scripts it: it stands in for common/sys/ at link time.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "sys/clock.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"
#include "sys/signal.hpp"

namespace fake {

// What wait_for_any_signal() finds next. Where it comes after the timeout, the wait ends without it first.
struct Arrival {
  base::Instant when{};
  base::Signal signal = SIGCHLD;
  sys::ProcessId sender = 1234;
  int code = SI_USER;
  int value = 0;
  std::map<sys::ProcessId, int> ended = {};  // children, by wait status, that have ended by then
};

struct System {
  base::Instant now{1};
  sys::ProcessId self = 1;
  std::deque<Arrival> arrivals;
  std::map<sys::ProcessId, int> zombies;      // to be reaped, with their wait status
  std::map<sys::ProcessId, int> alive;        // children that are left
  std::map<sys::ProcessId, int> send_errors;  // errno of a signal sent there
  std::map<sys::ProcessId, int> queue_errors;
  std::map<std::string, std::string> files;
  bool parent_died = false;

  std::vector<std::string> calls;     // "kill 5 15", "sigqueue 5 34 = 77"
  std::vector<std::string> messages;  // as written to standard error
};

extern System system;

}  // namespace fake

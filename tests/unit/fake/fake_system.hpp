// A scripted system for tests: it replaces sys/ at link time.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sys/clock.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"
#include "sys/signal.hpp"

namespace fake {

// The next event that wait_for_any_signal() finds. If it comes after the timeout, the wait first ends without
// it.
struct Arrival {
  base::Instant when{};
  base::Signal signal = SIGCHLD;
  sys::ProcessId sender = 1234;
  int code = SI_USER;
  int value = 0;
  std::map<sys::ProcessId, int> ended = {};  // children that have ended by then, by wait status
};

// A call that fails with this errno a number of times.
struct Failure {
  int error = 0;
  int times = 1;
};
constexpr int for_ever = 1'000'000;

struct System {
  base::Instant now{1};
  bool clock_refused = false;
  sys::ProcessId self = 1;
  std::deque<Arrival> arrivals;
  std::map<sys::ProcessId, int> zombies;      // to be reaped, with their wait status
  std::map<sys::ProcessId, int> alive;        // children that remain
  std::map<sys::ProcessId, int> send_errors;  // errno of a signal sent to this PID
  std::map<sys::ProcessId, int> queue_errors;
  std::map<std::string, std::string> files;  // the listing of /proc has those named /proc/PID/stat
  std::map<std::string, Failure> file_failures;
  std::map<sys::ProcessId, Failure> handle_failures;
  Failure listing_failure;                     // of getdents64, after the first call
  std::map<sys::ProcessId, int> groups;        // of processes that lead none; 0: of another namespace
  int terminal_error = ENXIO;                  // errno of opening the terminal; 0: it is `terminal`
  std::map<sys::Descriptor, int> foregrounds;  // the foreground groups of the terminals
  bool stops_with_group = false;               // false: the group is orphaned
  int mask_error = 0, reap_error = 0;
  int wait_error = 0;     // errno of waiting for a signal
  std::set<int> ignored;  // signals, by their disposition
  sys::SignalSet mask{};  // of blocked signals
  int strangers = 0;      // in the namespace, and no children
  bool parent_died = false;
  sys::ProcessId listed = 0;                  // the last process of /proc that was listed
  sys::ProcessId child = 7;                   // the PID of a spawned process
  int spawn_error = 0;                        // errno of vfork
  std::map<std::string, int> execute_errors;  // errno of execve by path, ENOENT by default; 0: it succeeds
  std::vector<std::string> executed_environment;
  std::string executed_name;

  std::vector<std::string> calls;     // "kill 5 15", "sigqueue 5 34 = 77"
  std::vector<std::string> messages;  // as written to standard error
};

constexpr sys::Descriptor terminal = 9;

// The status of a child that has not ended, but stopped for its debugger.
constexpr int traced_by(int signal) { return -signal; }

extern System system;

}  // namespace fake

// A scripted network, file system and clock in place of sys/, for the acting half of healthcheck:
//
//   fake::network.services["127.0.0.1:80"].says = {{.after = milliseconds(5), .text = "HTTP/1.1 200
//   OK\r\n"}};
//
// Time passes only in wait_until().
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/duration.hpp"
#include "sys/resolver.hpp"

namespace fake {

// The next event that a client of the service meets. An empty text is the end of the connection.
struct Step {
  base::Duration after{};  // since the step before
  std::string text = {};
  int error = 0;  // errno of read() instead
};

struct Service {
  std::deque<int> connect_errors = {};  // errno of each connect() in turn; then it succeeds
  std::deque<int> send_errors = {};
  std::deque<Step> says = {};
  // Replies to the bytes that a client sends, at once and after all of `says`.
  std::function<std::string(std::string_view)> answers = nullptr;
  bool is_oneself = false;  // the kernel has connected the socket to itself
};

struct Name {
  sys::Resolution resolution = sys::Resolution::Found;
  std::vector<std::string> addresses = {};  // of IPv4
  base::Duration takes{};
};

struct Network {
  base::Instant now{1'000'000'000};
  bool has_clock = true;
  std::map<std::string, Service> services;  // by "127.0.0.1:80", "[::1]:80" or "/run/socket"
  std::map<std::string, Name> names;
  std::map<std::string, int> bind_errors;    // by "127.0.0.1"
  std::map<std::string, std::string> files;  // all others are ENOENT
  std::map<std::string, base::Duration> ages;
  int self = 4242;
  std::map<int, int> process_errors;  // errno of tgkill(), by PID; all other processes exist
  std::set<int> zombies;
  // For each wait in turn: how long the process is stopped during it. The wait's time-out does not count this
  // time.
  std::deque<base::Duration> stops;
  int pidfd_error = 0;  // errno of pidfd_open()
  int socket_error = 0, wait_error = 0, write_error = 0;
  int random_error = 0, time_of_day_error = 0;
  std::int64_t time_of_day = 0;  // seconds since 1970

  std::vector<std::string> calls;     // "connect 127.0.0.1:80", "close", "pause 500"
  std::vector<std::string> messages;  // to standard error
  std::vector<std::string> signals;   // "1 15": a signal other than 0, after the PID
  int signal_error = 0;               // errno of kill() with a signal
  std::string sent, printed;
  bool is_open = false;  // a socket is
};

extern Network network;

}  // namespace fake

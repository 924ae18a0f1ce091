// Checks every run against the contract. The model reports what the program was told, and what it said; the
// rules know from that what the verdict on each target has to be, and by when.
#pragma once

#include <string>
#include <string_view>

#include "simulation/healthcheck/answer.hpp"
#include "simulation/violation.hpp"

namespace simulation {

// The ways in which a run ends. Unclear: the rules cannot tell how it has to go on.
enum class Exit : std::uint8_t { Status, Killed, Broken, Unclear };

// Ends the run, from within whatever call the program is in.
[[noreturn]] void break_rule(const char* rule, std::int64_t detail = 0);

// Ends the run too.
[[noreturn]] void leave(Exit exit, int status);

// The program's clock runs from its first reading of the kernel's, and may miss a few calls before it.
inline constexpr Time tolerance = millisecond;
// The last attempt of --wait begins so long before its end, at the earliest.
inline constexpr Time reserve = 100 * millisecond;
// Once a connection stands, its send buffer is never full for longer.
inline constexpr Time longest_full = 2 * millisecond;

// The program's dealings with one target in one attempt.
struct Visit {
  std::size_t target = 0;
  int tries = 0;            // connections
  bool has_failed = false;  // a call failed with the error that is the verdict
  bool is_connected = false, is_client = false, is_pipe_broken = false;
  bool has_sent_all = false;
  bool has_sent_hello = false;  // of TLS
  bool was_late = false;        // a datagram was read at the end of the time: it may count or not
  Answer answer;
  Heard heard;
  Truth file = Truth::Incomplete;  // of files and processes
  Time ended = 0;
  Time granted = 0, granted_undecided = 0;  // time spent in waits; before the verdict was known
  bool is_over = true;

  // The rest of the request cannot be sent to a server that has gone.
  bool is_past_sending() const { return has_sent_all || is_pipe_broken; }
  // The bytes that a connection begins with are sent: no other address is tried.
  bool is_past_opening() const { return is_past_sending() || has_sent_hello; }
};

class Rules {
 public:
  explicit Rules(const Settings& settings, Time start)
      : settings_(settings), start_(start), attempt_start_(start), pause_end_(start) {}

  // A socket or a file is opened: the next visit begins, or the other address of localhost is tried.
  Visit& opens(Time now);
  // The descriptor was closed, or could not be opened.
  void closes(Time now);
  Visit& visit() { return visit_; }
  const Visit& visit() const { return visit_; }
  const Target& target() const { return settings_.targets[visit_.target]; }
  bool is_healthy() const { return truth() == Truth::Healthy; }
  // A failure to send is the verdict: plain services may answer without the replies that they are owed.
  bool needs_sending() const { return target().is_secure ? !is_healthy() : !visit_.has_sent_all; }
  bool is_time_up(Time now) const;
  bool is_probing() const { return attempts_ != 0; }
  int visits() const { return visits_; }

  void reads_clock(Time now);
  // The program waited in ppoll(2). SIGSTOP and a late wake-up do not count.
  void waits(Time from, Time to);
  // Bytes of a connection, after ppoll(2) has woken the program.
  void reads(Time woken) const;
  void pauses();
  void stopped() { ++stops_; }
  bool was_stopped() const { return stops_ != 0; }
  void cannot_pause() { pause_failed_ = true; }
  void reads_hosts_file();
  // kill(2).
  void signals(int process, int signal);
  // An event from outside, which may cost the program a few calls.
  void progresses() { ++progress_; }
  void calls(Time now);
  void says(std::string_view line);
  void exits(int status, Time now);

 private:
  Truth truth() const;
  Truth truth_of_connection() const;
  // localhost: 127.0.0.1 and ::1.
  bool has_two_addresses() const;
  std::size_t next_target(Time now);
  void check_pause(Time now);
  void pause();
  // Returns whether the attempt may continue after the last visited target. An unhealthy target ends it, or
  // with --any a healthy one.
  bool may_go_on() const;
  void begin_share();
  void finish_visit();
  // The last moment for the attempt, by the program's clock.
  Time deadline() const;
  void check_lines(int status) const;
  void check_text() const;
  void check_signals(int status) const;
  void check_end(int status, Time now) const;
  bool is_last_target() const { return visit_.target + 1 == settings_.targets.size(); }

  const Settings& settings_;
  Visit visit_;
  Time start_, attempt_start_;
  Time pause_end_;  // or the start of the run: the program counts an attempt's time from here
  Time first_reading_ = no_reading;
  static constexpr Time no_reading = INT64_MAX / 4;
  Time granted_ = 0, granted_in_attempt_ = 0, granted_late_ = 0, granted_in_pause_ = 0;
  int attempts_ = 0, visits_ = 0, passed_ = 0, stops_ = 0;
  std::int64_t calls_ = 0, progress_ = 0;
  bool pause_failed_ = false, has_paused_ = true;
  // The time that the program knows: the end of its last wait, or its last reading of the clock.
  Time known_ = 0;
  // With --any: the end of this target's share of the attempt, and the waits that it may make in it.
  Time share_end_ = 0, share_ = 0, granted_in_share_ = 0;
  int signals_ = 0;
  bool has_read_hosts_ = false;
  Truth last_ = Truth::Incomplete;  // of the visit that was finished last
  int lines_ = 0;
  std::string last_line_;
};

}  // namespace simulation

// The rules for what a run says and does at its end.
#include <algorithm>

#include "simulation/healthcheck/rules.hpp"
#include "simulation/trace.hpp"

namespace simulation {

void Rules::says(std::string_view line) {
  if (!visit_.is_over) break_rule("a message while a descriptor is open");
  ++lines_;
  // The last line may say that the signal could not be sent.
  if (signals_ == 0) last_line_ = line;
  if (line.size() > 500 || !line.starts_with(std::string{program_name} + ": ") || !line.ends_with('\n'))
    break_rule("a malformed message");
  line.remove_suffix(1);
  if (std::ranges::any_of(line, [](char c) { return c < ' ' || c > '~'; }))
    break_rule("a byte that is no text");
  for (std::string_view secret : Settings::secrets)
    if (line.contains(secret)) break_rule("a secret in a message");
}

void Rules::check_lines(int status) const {
  bool can_write = settings_.standard_error == Stderr::Works || settings_.standard_error == Stderr::Old;
  bool fails_aloud = status != 0 && (!settings_.quiet || settings_.is_usage_error);
  int expected = fails_aloud + (settings_.verbose ? passed_ + (status == 0) : 0);
  expected += signals_ != 0 && settings_.kill_fails && !settings_.quiet;
  if (lines_ != (can_write ? expected : 0)) break_rule("a wrong number of messages", lines_);
  if (status == 0 || lines_ == 0 || settings_.is_usage_error || settings_.quiet) return;
  if (!pause_failed_) check_text();
}

void Rules::check_text() const {
  bool names_all = last_line_.contains(target().shown);
  for (const Target& other : settings_.targets)
    names_all = names_all && (!settings_.any || last_line_.contains(other.shown));
  if (!names_all) break_rule("a message that does not name the target");
  if (last_ == Truth::Incomplete && !last_line_.contains(" within "))
    break_rule("the message hides the time-out");
}

void Rules::exits(int status, Time now) {
  note("exits", status);
  if (status != 0 && status != 1) break_rule("an exit status that is neither 0 nor 1", status);
  if (settings_.is_usage_error) {
    if (status == 0 || attempts_ != 0 || signals_ != 0) break_rule("a usage error was probed");
    return check_lines(status);
  }
  if (attempts_ == 0) break_rule("nothing was probed");
  if (settings_.needs_hosts_file() && !has_read_hosts_) break_rule("/etc/hosts was not read");
  if (!has_paused_) finish_visit();
  check_end(status, now);
  check_lines(status);
  check_signals(status);
}

void Rules::check_end(int status, Time now) const {
  if (status == 0) {
    if (has_paused_ || (last_ != Truth::Healthy && last_ != Truth::Unknown))
      break_rule("healthy, though it is not");
    if (!settings_.any && !is_last_target()) break_rule("healthy, though a target was left out");
    return;
  }
  if (settings_.any && !is_last_target() && !pause_failed_) break_rule("a target was left out");
  if (last_ == Truth::Healthy && (settings_.any || is_last_target()))
    break_rule("unhealthy, though all is healthy");
  if (last_ == Truth::Healthy) break_rule("a target was left out");
  if (settings_.wait == 0 || pause_failed_) return;
  if (now - start_ + tolerance < settings_.wait - reserve)
    break_rule("gave up before the end of --wait", now - start_);
}

void Rules::reads_hosts_file() {
  if (has_read_hosts_) break_rule("/etc/hosts was read twice");
  has_read_hosts_ = true;
}

void Rules::signals(int process, int signal) {
  if (process != 1 || signal != settings_.on_failure) break_rule("a signal that nobody asked for", signal);
  if (!visit_.is_over) break_rule("a signal while a descriptor is open");
  ++signals_;
}

void Rules::check_signals(int status) const {
  bool is_due = status != 0 && settings_.on_failure != 0 && !settings_.first_process;
  if (signals_ != is_due) break_rule("a wrong number of signals to PID 1", signals_);
}

}  // namespace simulation

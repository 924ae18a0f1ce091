#include "simulation/healthcheck/rules.hpp"

#include <algorithm>

#include "simulation/trace.hpp"

namespace simulation {
namespace {

// The program's clock runs from its first reading of the kernel's, and may miss a few calls before it.
constexpr Time tolerance = millisecond;
// Each SIGSTOP may hide from it once, for so long, that the time is over.
constexpr Time longest_slice = 50 * millisecond;
// After the verdict is known, the rest of an answer is read for so long.
constexpr Time longest_drain = 250 * millisecond;
// The last attempt of --wait begins so long before its end, at the earliest.
constexpr Time reserve = 100 * millisecond;

// No plan and no server takes so long, with all stops and all delays.
constexpr Time longest_run = 200 * second;

}  // namespace

Visit& Rules::opens(Time now) {
  if (!visit_.is_over) break_rule("two descriptors are open");
  bool other_address = visit_.tries == 1 && visit_.has_failed && !visit_.is_past_sending() && !has_paused_ &&
                       has_two_addresses();
  Visit next;
  if (other_address) {
    next.target = visit_.target;
    next.tries = 1;
    next.granted = next.granted_undecided = visit_.granted;
  } else {
    next.target = next_target(now);
    ++visits_;
  }
  note("visits target", next.target);
  ++next.tries;
  next.is_over = false;
  visit_ = next;
  return visit_;
}

bool Rules::has_two_addresses() const {
  bool is_behind_socket =
      settings_.through_socket && (target().scheme == Scheme::Http || target().scheme == Scheme::Grpc);
  return has_host(target().scheme) && target().place == Place::Localhost && !is_behind_socket;
}

std::size_t Rules::next_target(Time now) {
  if (!has_paused_) {
    finish_visit();
    bool may_be_healthy = last_ == Truth::Healthy || last_ == Truth::Unknown;
    // The next target, or the next attempt, whose pause was over before it began.
    if (last_ == Truth::Unknown && settings_.wait != 0) leave(Exit::Unclear, 0);
    if (may_be_healthy && !is_last_target()) {
      ++passed_;
      return visit_.target + 1;
    }
    // A pause that is over before it begins needs no ppoll(2).
    pause();
  }
  if (++attempts_ > 1) check_pause(now);
  has_paused_ = false;
  granted_in_attempt_ = granted_late_ = 0;
  return 0;
}

// The last attempt begins early enough to end with --wait.
void Rules::check_pause(Time now) {
  attempt_start_ = now;
  Time interval = std::max(settings_.interval, millisecond);
  if (granted_in_pause_ > interval) break_rule("a pause longer than --interval", granted_in_pause_);
  bool is_last = now - start_ + tolerance >= settings_.wait - reserve;
  if (!is_last && now - visit_.ended + tolerance < interval)
    break_rule("a pause shorter than --interval", now - visit_.ended);
}

void Rules::closes(Time now) {
  visit_.is_over = true;
  visit_.ended = now;
}

// The verdict that this visit has to end with.
Truth Rules::truth() const {
  if (!has_host(target().scheme) && target().scheme != Scheme::Unix) return visit_.file;
  if (visit_.has_failed) return Truth::Unhealthy;
  if (!visit_.is_connected) return Truth::Incomplete;
  return truth_of_connection();
}

Truth Rules::truth_of_connection() const {
  Truth truth = judge(visit_.answer, visit_.heard);
  if (truth != Truth::Healthy) return truth;
  if (visit_.is_client) return Truth::Unhealthy;
  if (visit_.was_late) return Truth::Unknown;
  return visit_.is_past_sending() ? Truth::Healthy : Truth::Incomplete;
}

void Rules::finish_visit() {
  if (!visit_.is_over) break_rule("a descriptor is left open");
  last_ = truth();
  note("the verdict has to be", static_cast<int>(last_));
  if (last_ == Truth::Incomplete || last_ == Truth::Doubtful) {
    if (last_ == Truth::Incomplete && !is_time_up(visit_.ended))
      break_rule("gave up before its time", visit_.ended - pause_end_);
    return;
  }
  bool was_refused = visit_.has_failed && !visit_.is_connected;
  if (last_ == Truth::Unhealthy && was_refused && visit_.tries == 1 && has_two_addresses())
    break_rule("::1 was not tried");
  if (visit_.granted - visit_.granted_undecided > longest_drain + tolerance)
    break_rule("waited on, though the verdict was known", visit_.granted - visit_.granted_undecided);
}

bool Rules::is_time_up(Time now) const {
  bool is_wait_over = settings_.wait != 0 && now - start_ + tolerance >= settings_.wait;
  return is_wait_over || now - pause_end_ + tolerance >= settings_.attempt_limit();
}

void Rules::reads_clock(Time now) { first_reading_ = std::min(first_reading_, now); }

void Rules::waits(Time from, Time to) {
  Time length = to - from;
  granted_ += length;
  granted_in_attempt_ += length;
  visit_.granted += length;
  granted_in_pause_ += length;
  if (has_paused_) pause_end_ = to;
  if (truth() != Truth::Healthy && truth() != Truth::Unhealthy) visit_.granted_undecided = visit_.granted;
  Time limit = settings_.wait != 0 ? settings_.wait : settings_.attempt_limit();
  if (granted_ > limit) break_rule("waited longer than its whole time", granted_ - limit);
  if (!has_paused_ && granted_in_attempt_ > settings_.attempt_limit())
    break_rule("an attempt waited longer than --timeout", granted_in_attempt_);
  if (first_reading_ == no_reading) return;
  granted_late_ += std::max<Time>(0, to - std::max(from, deadline()));
  if (granted_late_ > longest_slice * (1 + stops_)) break_rule("waited after its deadline", granted_late_);
}

Time Rules::deadline() const {
  Time end = has_paused_ ? no_reading : std::max(first_reading_, attempt_start_) + settings_.attempt_limit();
  return settings_.wait != 0 ? std::min(end, first_reading_ + settings_.wait) : end;
}

void Rules::reads(Time woken) const {
  if (first_reading_ < woken && woken > deadline() + tolerance)
    break_rule("reads after its deadline", woken - deadline());
}

void Rules::pauses() {
  if (has_paused_) return;
  finish_visit();
  pause();
}

void Rules::pause() {
  pause_end_ = visit_.ended;
  if (last_ == Truth::Healthy) break_rule("tried again, though all was healthy");
  if (settings_.wait == 0) break_rule("a pause without --wait");
  has_paused_ = true;
  granted_in_pause_ = 0;
}

void Rules::calls(Time now) {
  ++calls_;
  if (now - start_ > longest_run) break_rule("runs for ever");
  // A wait lasts 10 ms at least, if nothing comes, and costs a few calls.
  std::int64_t allowed = 100 + 60 * visits_ + 8 * progress_ + 8 * ((now - start_) / (10 * millisecond));
  if (calls_ > allowed) break_rule("too many calls", calls_);
}

void Rules::says(std::string_view line) {
  if (!visit_.is_over) break_rule("a message while a descriptor is open");
  ++lines_;
  last_line_ = line;
  if (line.size() > 500 || !line.starts_with("healthcheck: ") || !line.ends_with('\n'))
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
  if (lines_ != (can_write ? expected : 0)) break_rule("a wrong number of messages", lines_);
  if (status == 0 || lines_ == 0 || settings_.is_usage_error || settings_.quiet) return;
  if (pause_failed_) return;
  if (!last_line_.contains(target().text)) break_rule("a message that does not name the target");
  if (last_ == Truth::Incomplete && !last_line_.contains(" within "))
    break_rule("the message hides the time-out");
}

void Rules::exits(int status, Time now) {
  note("exits", status);
  if (status != 0 && status != 1) break_rule("an exit status that is neither 0 nor 1", status);
  if (settings_.is_usage_error) {
    if (status == 0 || attempts_ != 0) break_rule("a usage error was probed");
    return check_lines(status);
  }
  if (attempts_ == 0) break_rule("nothing was probed");
  if (!has_paused_) finish_visit();
  check_end(status, now);
  check_lines(status);
}

void Rules::check_end(int status, Time now) const {
  if (status == 0) {
    if (has_paused_ || (last_ != Truth::Healthy && last_ != Truth::Unknown))
      break_rule("healthy, though it is not");
    if (!is_last_target()) break_rule("healthy, though a target was left out");
    return;
  }
  if (last_ == Truth::Healthy && is_last_target()) break_rule("unhealthy, though all is healthy");
  if (last_ == Truth::Healthy) break_rule("a target was left out");
  if (settings_.wait == 0 || pause_failed_) return;
  if (now - start_ + tolerance < settings_.wait - reserve)
    break_rule("gave up before the end of --wait", now - start_);
}

}  // namespace simulation

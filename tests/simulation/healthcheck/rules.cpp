#include "simulation/healthcheck/rules.hpp"

#include <algorithm>

#include "simulation/trace.hpp"

namespace simulation {
namespace {

// Each SIGSTOP may hide from it once, for so long, that the time is over.
constexpr Time longest_slice = 50 * millisecond;
// After the verdict is known, the rest of an answer is read for so long.
constexpr Time longest_drain = 250 * millisecond;
// The server of a TLS connection has so long to end it too.
constexpr Time longest_farewell = 50 * millisecond;

// No plan and no server takes so long, with all stops and all delays.
constexpr Time longest_run = 200 * second;

}  // namespace

Visit& Rules::opens(Time now) {
  if (!visit_.is_over) break_rule("two descriptors are open");
  bool other_address = visit_.tries == 1 && visit_.has_failed && !visit_.is_past_opening() && !has_paused_ &&
                       has_two_addresses();
  Visit next;
  if (other_address) {
    next.target = visit_.target;
    next.tries = 1;
    next.granted = next.granted_undecided = visit_.granted;
  } else {
    next.target = next_target(now);
    ++visits_;
    visit_.target = next.target;
    begin_share();
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
    // The next target, or the next attempt, whose pause was over before it began.
    if (last_ == Truth::Unknown && settings_.wait != 0) leave(Exit::Unclear, 0);
    if (settings_.any && last_ == Truth::Healthy) break_rule("went on, though one target is healthy");
    if (may_go_on() && !is_last_target()) {
      passed_ += !settings_.any;
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

bool Rules::may_go_on() const {
  return last_ == Truth::Unknown || (last_ == Truth::Healthy) != settings_.any;
}

// Each of the targets that are left has an equal share of the time that is left.
void Rules::begin_share() {
  auto left = static_cast<std::int64_t>(settings_.targets.size() - visit_.target);
  // By its waits alone, the program knows of no more time that has passed; by the real time, of no less.
  Time least = settings_.attempt_limit(), most = least - granted_in_attempt_;
  if (settings_.wait != 0) {
    least = std::min(least, start_ + settings_.wait - pause_end_);
    most = std::min(most, settings_.wait - granted_);
  }
  share_ = most / left;
  Time from = std::max(known_, pause_end_);
  share_end_ = from + (least - (from - pause_end_)) / left;
  granted_in_share_ = 0;
}

// The last attempt begins early enough to end with --wait.
void Rules::check_pause(Time now) {
  attempt_start_ = now;
  Time interval = std::max(settings_.interval, millisecond);
  if (granted_in_pause_ > interval) break_rule("a pause longer than --interval", granted_in_pause_);
  // Without a clock, this is negative.
  Time known = known_ - first_reading_;
  if (known > settings_.wait + tolerance)
    break_rule("an attempt after the end of --wait", known - settings_.wait);
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
  // In TLS the answer alone tells that the server has understood the client.
  return visit_.is_past_sending() || target().is_secure ? Truth::Healthy : Truth::Incomplete;
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
  Time drain = longest_drain + (target().is_secure ? longest_full + longest_farewell + tolerance : 0);
  if (visit_.granted - visit_.granted_undecided > drain + tolerance)
    break_rule("waited on, though the verdict was known", visit_.granted - visit_.granted_undecided);
}

bool Rules::is_time_up(Time now) const {
  bool is_wait_over = settings_.wait != 0 && now - start_ + tolerance >= settings_.wait;
  if (settings_.any && now + tolerance >= share_end_) return true;
  return is_wait_over || now - pause_end_ + tolerance >= settings_.attempt_limit();
}

void Rules::reads_clock(Time now) {
  first_reading_ = std::min(first_reading_, now);
  known_ = now;
}

void Rules::waits(Time from, Time to) {
  Time length = to - from;
  granted_ += length;
  granted_in_attempt_ += length;
  visit_.granted += length;
  granted_in_pause_ += length;
  granted_in_share_ += length;
  known_ = to;
  if (settings_.any && !has_paused_ && granted_in_share_ > share_ + tolerance)
    break_rule("a target waited longer than its share", granted_in_share_ - share_);
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

}  // namespace simulation

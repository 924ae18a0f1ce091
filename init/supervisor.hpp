// Decides what init does. Pure: no system call, no clock, no global; every race of the contract can be
// replayed as a list of events.
#pragma once

#include <algorithm>
#include <utility>

#include "init/config.hpp"

namespace init {

using base::Instant;

// What the shell is to do now.
struct Action {
  enum class Kind : std::uint8_t {
    Nothing,
    DelayStop,           // a stop was asked for, and is held for the stop delay
    Forward,             // send `signal` to the scope, and SIGCONT after it where `and_continue`
    TerminateRemaining,  // PROGRAM has ended: ask everything that is left to stop
    KillRemaining,       // SIGKILL everything that is left
    Continue,            // wake PROGRAM's group, which the terminal stopped
    Suspend,             // stop together with PROGRAM, until the shell continues us
    Exit,                // with `status`
  };
  Kind kind = Kind::Nothing;
  Signal signal = 0;
  bool and_continue = false;
  int status = 0;
};

struct SignalArrived {
  Signal signal;
  Instant now;
};
// The parent of init is dead: PROGRAM gets --parent-death-signal, and is stopped.
struct ParentDied {
  Instant now;
};
// One of the programs; `status` as the shell says it: 0 to 255.
struct ProgramEnded {
  int status;
  Instant now;
};
enum class Remaining : std::uint8_t { None, Some };
// All that had ended was reaped.
struct Reaped {
  Remaining remaining;
  Instant now;
};
enum class Place : std::uint8_t { FirstProcess, OnTerminal };
// The terminal, or a process, stopped PROGRAM, and there is a terminal to continue it from.
struct ProgramStopped {
  Signal by;
  Place place;
};
struct TimePassed {
  Instant now;
};

class Supervisor {
 public:
  constexpr Supervisor(const Policy& policy, int programs) : running_(programs), policy_(policy) {}

  constexpr Action on(SignalArrived event) {
    if (policy_.pause) return on_pause(event.signal);
    Signal to = policy_.rewrite[event.signal];
    if (to == 0) return {Action::Kind::Nothing};
    bool is_stop = event.signal == policy_.stop_signal || to == policy_.stop_signal;
    if (is_stop) return request_stop(to, event.now);
    if (has_no_recipient()) return {Action::Kind::Nothing};
    return {Action::Kind::Forward, to};
  }

  // The stop signal follows by TimePassed, after the stop delay: at once where there is none.
  constexpr Action on(ParentDied event) {
    if (policy_.pause) return {Action::Kind::Exit};
    Signal signal = policy_.parent_death_signal;
    if (!stopping_ && held_ == 0) hold(policy_.rewrite[policy_.stop_signal], event.now);
    if (signal == policy_.stop_signal || has_no_recipient()) return {};
    return {Action::Kind::Forward, signal};
  }

  constexpr Action on(ProgramEnded event) {
    if (!status_known_) status_ = policy_.exit_map[static_cast<std::uint8_t>(event.status)];
    status_known_ = true;
    --running_;
    end_delay();
    if (running_ > 0 && !stopping_) return forward_stop(policy_.rewrite[policy_.stop_signal], event.now);
    return {};
  }

  constexpr Action on(Reaped event) {
    if (has_programs()) return {};
    if (event.remaining == Remaining::None || !policy_.drain) return {Action::Kind::Exit, 0, false, status_};
    if (kills_ != 0 || std::exchange(termination_sent_, true)) return {};
    drain_ends_ = event.now + policy_.drain;
    return {Action::Kind::TerminateRemaining};
  }

  constexpr Action on(ProgramStopped event) const {
    // As PID 1, nobody could continue what Ctrl-Z stopped: a container never freezes.
    if (event.place == Place::FirstProcess)
      return {event.by == SIGTSTP ? Action::Kind::Continue : Action::Kind::Nothing};
    return {Action::Kind::Suspend, event.by};
  }

  constexpr Action on(TimePassed event) {
    if (event.now >= delay_ends_) return forward_stop(held_, event.now);
    if (event.now < kill_time()) return {};
    // Again until they are gone: one may have been created while the others were killed. But what cannot be
    // killed, or not be found because there is no /proc, does not keep init for ever.
    if (running_ == 0 && kills_ == max_kills) return {Action::Kind::Exit, 0, false, status_};
    again_ = event.now + kill_interval;
    if (kills_ < max_kills) ++kills_;
    return {Action::Kind::KillRemaining};
  }

  // Whether one runs that may end: while this holds, what is left is no concern.
  constexpr bool has_programs() const { return running_ > 0 || policy_.pause; }

  // When TimePassed is due.
  constexpr Instant deadline() const { return std::min(delay_ends_, kill_time()); }

 private:
  static constexpr Duration kill_interval = base::milliseconds(100);
  static constexpr std::uint8_t max_kills = 50;

  constexpr Action on_pause(Signal signal) const {
    bool ends = signal == SIGTERM || signal == SIGINT || signal == policy_.stop_signal;
    return {ends ? Action::Kind::Exit : Action::Kind::Nothing};
  }

  constexpr Action request_stop(Signal to, Instant now) {
    if (running_ == 0) return {kills_ != 0 ? Action::Kind::Nothing : Action::Kind::TerminateRemaining};
    if (!policy_.stop_delay || stopping_ || held_ != 0) return forward_stop(to, now);
    hold(to, now);
    return {Action::Kind::DelayStop};
  }

  constexpr void hold(Signal to, Instant now) {
    held_ = to;
    delay_ends_ = now + policy_.stop_delay;
  }

  constexpr Action forward_stop(Signal to, Instant now) {
    end_delay();
    if (!std::exchange(stopping_, true) && policy_.grace) grace_ends_ = now + policy_.grace;
    return {Action::Kind::Forward, to, true};
  }

  constexpr void end_delay() {
    held_ = 0;
    delay_ends_ = Instant::never();
  }

  // PROGRAM was reaped: its PID, and its group's, may be another's by now.
  constexpr bool has_no_recipient() const { return running_ == 0 && policy_.scope != Scope::All; }

  constexpr Instant kill_time() const { return kills_ != 0 ? again_ : std::min(grace_ends_, drain_ends_); }

  int running_;
  int status_ = 0;
  bool status_known_ = false;
  bool stopping_ = false;          // the stop signal was forwarded
  bool termination_sent_ = false;  // to stop, after PROGRAM's end
  std::uint8_t kills_ = 0;         // times that all that is left was killed
  Signal held_ = 0;                // for the stop delay; 0: none is
  Instant delay_ends_ = Instant::never();
  Instant grace_ends_ = Instant::never();
  Instant drain_ends_ = Instant::never();
  Instant again_ = Instant::never();
  Policy policy_;  // last: it is large
};

}  // namespace init

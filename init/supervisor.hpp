// Decides what init does. Pure: no system call, no clock, no global. Every race of the contract can be
// replayed as a list of events.
#pragma once

#include <algorithm>
#include <compare>
#include <utility>

#include "init/config.hpp"

namespace init {

using base::Instant;

// The next step for the acting loop.
struct Action {
  enum class Kind : std::uint8_t {
    Nothing,
    DelayStop,           // a stop was asked for, and is held for the stop delay
    Forward,             // send `signal` to the scope, and then SIGCONT if `and_continue`
    TerminateRemaining,  // PROGRAM has ended: ask the remaining processes to stop
    KillRemaining,       // SIGKILL the remaining processes
    CheckRemaining,      // reap again: init is not told when the remaining processes end
    Continue,            // wake PROGRAM's group, which the terminal stopped
    Suspend,             // stop together with PROGRAM, until the shell continues us
    Exit,                // with `status`
    GiveUp,              // exit with `status`, although processes are left that could not be killed
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
// The parent of init is dead: as if --parent-death-signal had arrived.
struct ParentDied {
  Instant now;
};
// One of the programs ended. `status` is the shell's: 0 to 255.
struct ProgramEnded {
  int status;
  Instant now;
};
// Strangers are processes of init's PID namespace that are no children of init (docker exec brought them), so
// no SIGCHLD tells of their end.
enum class Remaining : std::uint8_t { None, Children, Strangers };
// All children that had ended are reaped.
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
    if (to == 0) return {};
    if (policy_.is_stop(event.signal) || policy_.is_stop(to)) return request_stop(to, event.now);
    if (has_no_recipient()) return {};
    return {Action::Kind::Forward, to};
  }

  constexpr Action on(ParentDied event) { return on(SignalArrived{policy_.parent_death_signal, event.now}); }

  constexpr Action on(ProgramEnded event) {
    if (!status_known_) status_ = policy_.exit_map[static_cast<std::uint8_t>(event.status)];
    status_known_ = true;
    --running_;
    Signal held = std::exchange(held_, Signal{0});
    delay_ends_ = Instant::never();
    if (running_ > 0 && !stopping_) return forward_stop(own_stop_signal(), event.now);
    if (policy_.wait_all && held != 0) return forward_stop(held, event.now);
    return {};
  }

  constexpr Action on(Reaped event) {
    if (has_programs()) return {};
    if (event.remaining == Remaining::None) return exit();
    bool strangers = event.remaining == Remaining::Strangers;
    check_at_ = strangers ? event.now + check_interval : Instant::never();
    if (policy_.wait_all || kills_ != 0) return {};
    if (!policy_.drain) return exit();
    if (std::exchange(draining_, true)) return {};
    // A filter at the end of PROGRAM's pipe reads it to its end, and ends by itself.
    terminate_at_ = event.now + std::min(max_moment, Duration{policy_.drain.nanoseconds / 2});
    drain_ends_ = event.now + policy_.drain;
    return {};
  }

  constexpr Action on(ProgramStopped event) const {
    // As PID 1, nobody could continue what Ctrl-Z stopped: a container never freezes.
    if (event.place == Place::FirstProcess)
      return {event.by == SIGTSTP ? Action::Kind::Continue : Action::Kind::Nothing};
    // A terminal never sends SIGSTOP: its sender will continue PROGRAM, but not init.
    if (event.by == SIGSTOP) return {};
    return {Action::Kind::Suspend, event.by};
  }

  constexpr Action on(TimePassed event) {
    if (event.now >= delay_ends_) return forward_stop(held_, event.now);
    if (event.now >= terminate_at_) return terminate_remaining();
    if (event.now >= kill_time()) return kill_remaining(event.now);
    if (event.now < check_at_) return {};
    check_at_ = event.now + check_interval;
    return {Action::Kind::CheckRemaining};
  }

  // Returns whether a program still runs. Other processes do not matter before it has ended.
  constexpr bool has_programs() const { return running_ > 0 || policy_.pause; }

  // When TimePassed is due.
  constexpr Instant deadline() const {
    return std::min({delay_ends_, terminate_at_, kill_time(), check_at_});
  }

  friend constexpr auto operator<=>(const Supervisor&, const Supervisor&) = default;

 private:
  static constexpr Duration max_moment = base::milliseconds(250);
  static constexpr Duration check_interval = base::milliseconds(100);
  static constexpr Duration kill_interval = base::milliseconds(100);
  static constexpr std::uint8_t max_kills = 50;

  constexpr Action on_pause(Signal signal) const {
    bool ends = signal == SIGTERM || signal == SIGINT || policy_.is_stop(signal);
    return {ends ? Action::Kind::Exit : Action::Kind::Nothing};
  }

  constexpr Action exit(Action::Kind kind = Action::Kind::Exit) const { return {kind, 0, false, status_}; }

  constexpr Action request_stop(Signal to, Instant now) {
    if (kills_ != 0 && running_ == 0) return {};
    if (running_ == 0 && !policy_.wait_all) {
      start_grace(now);
      return terminate_remaining();
    }
    if (!policy_.stop_delay || stopping_ || held_ != 0) return forward_stop(to, now);
    hold(to, now);
    return {Action::Kind::DelayStop, to};
  }

  // init itself causes this signal. A rule that drops the same signal when it arrives does not drop this one.
  constexpr Signal own_stop_signal() const {
    Signal to = policy_.rewrite[policy_.stop_signal];
    return to != 0 ? to : policy_.stop_signal;
  }

  constexpr void hold(Signal to, Instant now) {
    held_ = to;
    delay_ends_ = now + policy_.stop_delay;
  }

  constexpr Action forward_stop(Signal to, Instant now) {
    held_ = 0;
    delay_ends_ = Instant::never();
    start_grace(now);
    return {Action::Kind::Forward, to, true};
  }

  constexpr void start_grace(Instant now) {
    if (!std::exchange(stopping_, true) && policy_.grace) grace_ends_ = now + policy_.grace;
  }

  constexpr Action terminate_remaining() {
    terminate_at_ = Instant::never();
    return {Action::Kind::TerminateRemaining};
  }

  // Repeat until they are gone: one may have been created while the others were killed. But a process that
  // cannot be killed, or cannot be found because there is no /proc, does not keep init forever.
  constexpr Action kill_remaining(Instant now) {
    terminate_at_ = Instant::never();
    if (kills_ == max_kills) {
      if (!status_known_) status_ = policy_.exit_map[128 + SIGKILL];
      return exit(Action::Kind::GiveUp);
    }
    again_ = now + kill_interval;
    ++kills_;
    return {Action::Kind::KillRemaining};
  }

  // PROGRAM was reaped: its PID and process group ID may have been reused.
  constexpr bool has_no_recipient() const {
    return running_ == 0 && policy_.scope != Scope::All && !policy_.wait_all;
  }

  constexpr Instant kill_time() const { return kills_ != 0 ? again_ : std::min(grace_ends_, drain_ends_); }

  int running_;
  int status_ = 0;
  bool status_known_ = false;
  bool stopping_ = false;   // the stop signal was forwarded
  bool draining_ = false;   // PROGRAM has ended, and processes were left
  std::uint8_t kills_ = 0;  // times that the remaining processes were killed
  Signal held_ = 0;         // held for the stop delay; 0: none
  Instant delay_ends_ = Instant::never();
  Instant grace_ends_ = Instant::never();
  Instant terminate_at_ = Instant::never();  // the drain's SIGTERM
  Instant drain_ends_ = Instant::never();
  Instant check_at_ = Instant::never();  // whether strangers remain
  Instant again_ = Instant::never();
  Policy policy_;  // last: it is large
};

}  // namespace init

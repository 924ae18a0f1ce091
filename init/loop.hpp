// Waits for events, asks the supervisor for the next action, and performs it.
#pragma once

#include "init/inherited.hpp"
#include "init/signaller.hpp"
#include "init/spawn.hpp"
#include "init/supervisor.hpp"
#include "init/terminal.hpp"

namespace init {

// The exit status if init itself failed, or after a usage error.
inline constexpr int status_init_failed = 125;

class Loop {
 public:
  Loop(const Config& config, const Inherited& inherited, const Terminal& terminal, int programs)
      : inherited_(inherited),
        terminal_(terminal),
        signaller_(config.policy.scope, inherited.self),
        verbose_(config.is_verbose()),
        warns_reaped_(config.warn_reaped || config.verbosity > 1),
        outside_terminal_(config.session),
        supervisor_(config.policy, programs) {}

  void add(const Spawned& program);
  // Watches for the parent's death. `parent` is 0 if the parent is outside of the PID namespace.
  void watch_parent(sys::ProcessId parent);
  // A program that could not be started counts as one that has ended with this status.
  void spawn_failed(int status);

  // Runs until there is nothing more to do. Returns the status to exit with.
  int run();

 private:
  void step();
  Instant now();
  void on_signal(sys::SignalInfo& info);
  void check_parent(const sys::SignalInfo* cause);
  void reap();
  Remaining remaining_without_children() const;
  void wait_for_children(base::Error error);
  void fail(const char* call, base::Error error);
  void on_ended(const sys::ChildStatus& child, std::string_view name);
  void on_stopped(const sys::ChildStatus& child);
  // `cause` is the signal that led to this action, or null if there was none.
  void perform(Action action, sys::SignalInfo* cause = nullptr);
  void forward(Action action, sys::SignalInfo* cause);
  void suspend(Signal by);
  void finish(int status);

  Inherited inherited_;
  Terminal terminal_;
  sys::ProcessId parent_ = 0;
  Signaller signaller_;
  sys::ProcessId foreground_ = 0;  // the program that the terminal was given to; 0: none
  bool verbose_;
  bool warns_reaped_;
  bool watches_parent_ = false;  // until its death is noticed
  bool outside_terminal_;  // PROGRAM gets the terminal's signals from the terminal itself, or not at all
  bool killed_ = false;
  bool finished_ = false;
  int status_ = 0;
  Instant now_{};  // the latest reading of the clock, or a later deadline that has passed
  Supervisor supervisor_;
};

}  // namespace init

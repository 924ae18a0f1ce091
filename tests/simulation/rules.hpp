// Checks every run against the contract: each signal that arrives makes debts, which init must have paid when
// it waits again; no signal may go to a process that is not named; zombies, deadlines and the exit status
// follow. Throws a Violation at the first broken rule.
#pragma once

#include <signal.h>

#include <string_view>

#include "simulation/kernel.hpp"
#include "simulation/violation.hpp"

namespace simulation {

// A moment that lies between two: init reads its clock some time within a step.
struct Moment {
  static constexpr Time never = INT64_MAX;
  Time earliest = never, latest = never;
  bool has_come() const { return earliest != never; }
};

class Rules {
 public:
  // Reports of the kernel, in the order in which things happen.
  void started(Process& program);
  void start_failed(Process* child, int status);
  void executes(std::uint64_t mask, std::uint64_t ignored);
  // init's wait is over: a step begins.
  enum class Wake : std::uint8_t { Signal, TimeOut };
  void wakes(Wake by);
  void takes(const siginfo_t& info);               // a signal, and the step is about it
  void reads_parent();                             // getppid(2)
  void reaps(const Process& child);                // and knows how it ended
  void finds_remaining();                          // has waited until there was nothing more to reap
  void waits(Time timeout, std::uint64_t wanted);  // the step is over
  void asks_for_children();
  void exits(int status);

  void kills();  // tries to send SIGKILL, or says that it does
  void says(std::string_view message);
  void delivers(Process& process, int signal, const int* value);
  void stopped_program();  // init was told that the terminal, or a process, stopped a child
  void unblocked(int signal) const;
  void hangs() const;

  void moved(Process& process);
  void ended(Process& process);

 private:
  // A signal that the scope is to have before init waits again.
  struct Debt {
    int signal;
    bool and_continue;
    bool has_value;
    int value;
    std::uint32_t named;   // processes, by their place in the table: those that may get it
    std::uint32_t owed;    // those that must, being there throughout
    std::uint32_t unseen;  // those that would have to, but that init cannot find: it must say so
  };

  void arrive(int signal, const siginfo_t* info);
  void request_stop(int to, const siginfo_t* info);
  void forward_stop(int to, const siginfo_t* info = nullptr);
  enum class To : std::uint8_t { Scope, Remaining };
  void owe(To to, int signal, bool and_continue, const siginfo_t* info = nullptr);
  void program_ended(int status);

  bool is_named(const Process& process) const;
  bool is_remaining(const Process& process) const;
  bool is_in_group_of_program(const Process& process) const;
  bool can_be_found(const Process& process) const;
  bool names_everything() const;
  bool is_permitted(const Process& process, int signal) const;
  bool may_kill() const;
  bool delay_was_over() const;
  Time kill_due(bool latest) const;
  Time terminate_due(bool latest) const;
  Time moment_ends(bool latest) const;
  Time next_due() const;
  std::uint32_t place(const Process& process) const;

  void check_debts() const;
  void check_zombies() const;
  void check_end(Time timeout) const;
  void check_deadline(Time timeout) const;
  void check_left(int status) const;
  bool others_live() const;

  std::array<Debt, 6> debts_{};
  int debt_count_ = 0;
  int running_ = 0;
  int first_status_ = -1;
  int held_ = 0;
  bool stopping_ = false;
  bool may_terminate_ = false;  // a stop was asked for in this step, after PROGRAM's end
  bool may_continue_ = false;
  bool terminated_ = false;
  bool parent_seen_ = false;
  bool must_exit_ = false;
  bool said_leaving_ = false, said_blind_ = false;
  bool others_at_start_ = false;
  bool beside_terminal_ = false;      // a program was started in init's group
  Time empty_since_ = Moment::never;  // the last process that init is responsible for has ended
  int spins_ = 0, kills_ = 0, asked_ = 0;
  std::uint32_t killed_in_ = 0;  // the latest step with a kill
  Time woke_at_ = second, waits_from_ = 0;
  Wake woke_by_ = Wake::Signal;
  Moment held_at_, stopped_at_, alone_at_, killed_at_;
};

extern Rules* rules;

}  // namespace simulation

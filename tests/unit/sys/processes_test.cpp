// Processes: their identity, their ends, and their terminal.
#include <errno.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>

#include "child.hpp"
#include "sys/process.hpp"

namespace sys {
namespace {

// A child that waits until it is killed.
class Sleeper {
 public:
  Sleeper() : process_{::fork()} {
    if (process_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      for (;;) ::pause();
    }
  }
  ~Sleeper() {
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) == process_) {
    }
  }
  pid_t process() const { return process_; }

 private:
  pid_t process_;
};

TEST(Identity, IsThatOfTheKernel) {
  EXPECT_EQ(process_id(), ::getpid());
  EXPECT_EQ(calling_process_id(), ::getpid());
  EXPECT_EQ(parent_id(), ::getppid());
  EXPECT_EQ(process_group(), ::getpgrp());
  EXPECT_EQ(*process_group_of(::getpid()), ::getpgrp());
}

TEST(Identity, GroupsAndSessionsAreChanged) {
  EXPECT_EQ(status_in_child([] {
              // The inherited group may lie outside the PID namespace: then its number is 0.
              if (!lead_process_group() || process_group() != ::getpid()) return 1;
              const ProcessId group = process_group();
              return status_in_child([group] {
                if (!lead_process_group() || process_group() != ::getpid()) return 2;
                if (!join_process_group(group) || process_group() != group) return 3;
                return lead_session() && ::getsid(0) == ::getpid() ? 0 : 4;
              });
            }),
            0);
}

TEST(Identity, SubreaperAndParentDeathSignalAreSet) {
  EXPECT_EQ(status_in_child([] {
              int subreaper = 0, signal = 0;
              if (!become_subreaper() || !set_parent_death_signal(SIGUSR1)) return 1;
              ::prctl(PR_GET_CHILD_SUBREAPER, &subreaper);
              ::prctl(PR_GET_PDEATHSIG, &signal);
              return subreaper == 1 && signal == SIGUSR1 ? 0 : 2;
            }),
            0);
}

TEST(Children, EndIsReported) {
  EXPECT_EQ(reap_child(any_child).error().code, ECHILD);
  const pid_t child = ::fork();
  if (child == 0) ::_exit(7);
  auto seen = peek_child(Wait::Block);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->process, child);
  auto ended = reap_child(child);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->exit_status(), 7);
  EXPECT_EQ(ended->killed_by(), 0);
  EXPECT_EQ(reap_child(child).error().code, ECHILD);
}

TEST(Children, StopAndSignalAreReported) {
  const Sleeper sleeper;
  EXPECT_EQ(reap_child(sleeper.process())->process, 0) << "nothing has happened to it";
  ::kill(sleeper.process(), SIGSTOP);
  ChildStatus status;
  while (status.process == 0) status = *reap_child(sleeper.process());
  EXPECT_TRUE(status.has_stopped());
  EXPECT_EQ(status.stop_signal(), SIGSTOP);
  ::kill(sleeper.process(), SIGKILL);
  auto ended = peek_child(Wait::Block);
  EXPECT_EQ(ended->killed_by(), SIGKILL);
  EXPECT_EQ(ended->exit_status(), 128 + SIGKILL);
  wait_for_child(sleeper.process());
  EXPECT_EQ(reap_child(sleeper.process()).error().code, ECHILD);
}

TEST(Children, ProgramRunsInAChildThatSharesMemory) {
  struct Shared {
    char* arguments[2] = {const_cast<char*>("true"), nullptr};
    char* environment[1] = {nullptr};
    int error = -1;
  } shared;
  auto run = [](void* argument) {
    auto& given = *static_cast<Shared*>(argument);
    given.error = execute("/nonexistent", given.arguments, given.environment).code;
    static_cast<void>(execute("/bin/true", given.arguments, given.environment));
  };
  auto child = run_in_vfork(run, &shared);
  ASSERT_TRUE(child);
  EXPECT_EQ(shared.error, ENOENT);
  wait_for_child(*child);
}

TEST(Handle, KnowsTheEndAndReachesNoOtherProcess) {
  Sleeper sleeper;
  const ProcessHandle handle{sleeper.process()};
  ASSERT_TRUE(handle.opened());
  EXPECT_FALSE(*handle.has_ended());
  EXPECT_TRUE(check_process(sleeper.process()));
  EXPECT_TRUE(handle.send(SIGKILL));
  ASSERT_TRUE(peek_child(Wait::Block));
  EXPECT_TRUE(*handle.has_ended()) << "a zombie has ended";
  EXPECT_TRUE(check_process(sleeper.process())) << "a zombie is a process";
  wait_for_child(sleeper.process());
  EXPECT_EQ(handle.send(SIGTERM).error().code, ESRCH);
  EXPECT_EQ(check_process(sleeper.process()).error().code, ESRCH);
}

TEST(Handle, QueuesASignalWithItsValue) {
  EXPECT_EQ(status_in_child([] {
              base::SignalSet before;
              if (!block_signals(base::SignalSet{}.with(SIGUSR1), before)) return 1;
              SignalInfo info{};
              info.si_signo = SIGUSR1;
              info.si_code = SI_QUEUE;
              info.si_value.sival_int = 4711;
              const ProcessHandle self{::getpid()};
              if (!self.queue(info)) return 2;
              SignalInfo received{};
              if (!wait_for_any_signal(received, base::seconds(60))) return 3;
              return has_value(received) && received.si_value.sival_int == 4711 ? 0 : 4;
            }),
            0);
}

TEST(Terminal, ProcessWithoutOneHasNone) {
  EXPECT_EQ(status_in_child([] {
              if (!lead_session()) return 1;
              return open_terminal().error().code == ENXIO && foreground_group(0).error().code == ENOTTY &&
                             set_foreground_group(0, 1).error().code == ENOTTY
                         ? 0
                         : 2;
            }),
            0);
}

TEST(Terminal, OrphanedGroupIsNotStopped) {
  EXPECT_EQ(status_in_child([] { return lead_session() && !stop_with_group() ? 0 : 1; }), 0);
}

// If the SIGCONT stayed pending, init would forward it once more.
TEST(Terminal, SigcontThatEndsAStopIsTaken) {
  const pid_t child = ::fork();
  if (child == 0) {
    SignalSet before;
    static_cast<void>(block_signals(SignalSet{}.with(SIGCONT).with(SIGTSTP), before));
    ::setpgid(0, 0);
    ::_exit(stop_with_group() && !take_pending(SIGCONT) ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, WUNTRACED), child);
  EXPECT_TRUE(WIFSTOPPED(status));
  ::kill(child, SIGCONT);
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST(Relocations, AreSealedWithoutHarm) {
  EXPECT_EQ(status_in_child([] {
              seal_relocations();
              return 0;
            }),
            0);
}

}  // namespace
}  // namespace sys

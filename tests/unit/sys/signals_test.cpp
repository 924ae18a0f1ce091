// Signals: masks, waiting, sending and dispositions.
#include "sys/signal.hpp"

#include <errno.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "child.hpp"

namespace sys {
namespace {

TEST(Signals, BlockedOneIsPendingUntilItIsTaken) {
  EXPECT_EQ(status_in_child([] {
              SignalSet before;
              if (!block_signals(SignalSet{}.with(SIGUSR1).with(SIGHUP), before)) return 1;
              if (before.has(SIGUSR1) || take_pending(SIGUSR1)) return 2;
              if (!send_signal(::getpid(), SIGUSR1) || take_pending(SIGHUP)) return 3;
              SignalInfo info{};
              if (!wait_for_any_signal(info, for_ever)) return 4;
              if (number_of(info) != SIGUSR1 || info.si_pid != ::getpid() || is_from_terminal(info)) return 5;
              if (!send_signal(::getpid(), SIGHUP) || !take_pending(SIGHUP) || take_pending(SIGHUP)) return 6;
              return wait_for_any_signal(info, base::milliseconds(1)).error().code == EAGAIN ? 0 : 7;
            }),
            0);
}

TEST(Signals, MaskIsRestored) {
  EXPECT_EQ(status_in_child([] {
              SignalSet before, blocked, after;
              if (!block_signals(SignalSet{}.with(SIGUSR1), before)) return 1;
              if (!block_signals(SignalSet{}, blocked) || !blocked.has(SIGUSR1)) return 2;
              set_signal_mask(before);
              return block_signals(SignalSet{}, after) && after == before ? 0 : 3;
            }),
            0);
}

TEST(Signals, QueuedOneKeepsItsValue) {
  EXPECT_EQ(status_in_child([] {
              SignalSet before;
              if (!block_signals(SignalSet{}.with(SIGUSR2), before)) return 1;
              SignalInfo info{};
              info.si_signo = SIGUSR2;
              info.si_code = SI_QUEUE;
              info.si_value.sival_int = 5;
              if (!queue_signal(::getpid(), info)) return 2;
              SignalInfo received{};
              if (!wait_for_any_signal(received, base::seconds(60))) return 3;
              return has_value(received) && received.si_value.sival_int == 5 ? 0 : 4;
            }),
            0);
}

TEST(Signals, ProcessThatDoesNotExistGetsNone) {
  constexpr ProcessId none = 0x7fffffff;
  EXPECT_EQ(send_signal(none, SIGTERM).error().code, ESRCH);
  SignalInfo info{};
  info.si_signo = SIGTERM;
  info.si_code = SI_QUEUE;
  EXPECT_EQ(queue_signal(none, info).error().code, ESRCH);
}

TEST(Dispositions, AreSetAndToldFromIgnored) {
  EXPECT_EQ(status_in_child([] {
              if (set_ignored(SIGTERM)) return 1;
              if (!set_default(SIGTERM)) return 2;
              return set_default(SIGTERM) ? 3 : 0;
            }),
            0);
}

TEST(Others, ExistBesideAnOrdinaryProcess) {
  // The child has a parent that is not PID 1, which kill(-1) leaves out: this process may be PID 1.
  const auto child = [] { return others_exist() ? 0 : 1; };
  EXPECT_EQ(status_in_child([child] { return status_in_child(child); }), 0);
}

}  // namespace
}  // namespace sys

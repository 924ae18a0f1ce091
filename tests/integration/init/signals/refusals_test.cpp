// Tests the values that init refuses, and the messages of an init whose signals the kernel refuses.
#include <signal.h>
#include <sys/syscall.h>

#include <cerrno>

#include "call_filter.hpp"
#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using harness::testprog;

// Nobody can send these, or nobody can catch them.
TEST(Refusals, SignalsThatNeverArriveAreUsageErrors) {
  for (const char* signal : {"KILL", "SIGKILL", "9", "STOP", "19", "CHLD", "CLD", "17"}) {
    const Outcome stop = outcome_of(Place::elsewhere, {"--stop-signal", signal, "--", "true"});
    EXPECT_EQ(stop.status, 125) << signal;
    EXPECT_EQ(stop.err, "init: --stop-signal: invalid signal '" + std::string{signal} + "'\n");
    const std::string rule = std::string{signal} + ":TERM";
    const Outcome rewrite = outcome_of(Place::elsewhere, {"--rewrite", rule, "--", "true"});
    EXPECT_EQ(rewrite.status, 125) << signal;
    EXPECT_EQ(rewrite.err, "init: --rewrite: invalid FROM:TO '" + rule + "'\n");
  }
}

TEST(Refusals, AliasesAreTheSignalsThatTheyStandFor) {
  for (const auto& [rule, sent] :
       {std::pair{"IOT:TERM", SIGABRT}, {"POLL:TERM", SIGIO}, {"ABRT:TERM", SIGABRT}}) {
    Supervised init{Place::elsewhere, {"--rewrite", rule, "--", testprog(), "signals", "--until=TERM"}};
    init->wait_for_line("ready");
    init->send(sent);
    EXPECT_EQ(init.wait().status, 0) << rule;
  }
}

// Such a duration would round to 0, which means that there is no limit.
TEST(Refusals, DurationsThatRoundToZeroAreUsageErrors) {
  for (const char* option : {"--grace", "--drain", "--stop-delay"}) {
    const Outcome outcome = outcome_of(Place::elsewhere, {option, "0.0000000001", "--", "true"});
    EXPECT_EQ(outcome.status, 125) << option;
    EXPECT_EQ(outcome.err, "init: " + std::string{option} + ": invalid duration '0.0000000001'\n");
  }
}

// Some sandboxes let init signal nobody.
void refuse_signals() { refuse_calls({SYS_kill, SYS_rt_sigqueueinfo, SYS_pidfd_send_signal}, EPERM); }

class SignalsRefused : public InBothPlaces {
 protected:
  static harness::Options sandbox() {
    harness::Options options;
    options.input = harness::Input::pipe;
    options.before_exec = &refuse_signals;
    return options;
  }
};
INSTANTIATE_IN_BOTH_PLACES(SignalsRefused);

TEST_P(SignalsRefused, IsReportedOnce) {
  Supervised init{GetParam(), {"--", "sh", "-c", "echo ready; read line; exit 4"}, sandbox()};
  init->wait_for_line("ready");
  for (const int signal : {SIGHUP, SIGUSR1, SIGTERM, SIGUSR2, SIGTERM}) {
    init->send(signal);
    init.settle();
  }
  init->type("\n");
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 4);
  EXPECT_EQ(lines_of(outcome.err).size(), 1U) << outcome.err;
  EXPECT_TRUE(outcome.err.starts_with("init: cannot send SIGHUP to ")) << outcome.err;
  EXPECT_TRUE(outcome.err.ends_with(": Operation not permitted\n")) << outcome.err;
}

TEST_P(SignalsRefused, RemainingProcessesAreNamed) {
  Supervised init{
      GetParam(), {"--drain=50ms", "--", "sh", "-c", "sleep 1000 & read line; exit 4"}, sandbox()};
  harness::eventually("there is a process to leave",
                      [&] { return harness::children_of(init.program()).size() == 1; });
  init->type("\n");
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 4);
  EXPECT_TRUE(outcome.err.contains("), which could not be killed\n")) << outcome.err;
}

class StopDropped : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(StopDropped);

// The rule applies to signals that arrive; here a program ends instead.
TEST_P(StopDropped, TogetherStillStopsTheRest) {
  Supervised init{GetParam(),
                  {"--together", "--rewrite=TERM:0", "--", testprog(), "signals", "--until=HUP",
                   "::", testprog(), "signals", "--until=TERM"}};
  init->wait_for_line("ready");
  init->wait_for_line("ready");
  init->send(SIGTERM);
  init.settle();
  EXPECT_FALSE(init->out().contains("signal 15 ")) << init->out();
  init->send(SIGHUP);
  init->wait_for_line("signal 15 ");
  EXPECT_EQ(init.wait().status, 0);
}

}  // namespace
}  // namespace init_test

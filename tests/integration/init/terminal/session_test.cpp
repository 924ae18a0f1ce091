// --session, --wait-all, and more than one stop signal.
#include <signal.h>

#include "harness/proc.hpp"
#include "harness/terminal.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using harness::Terminal;
using harness::testprog;

class Session : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Session);

TEST_P(Session, ProgramLeadsOneOfItsOwn) {
  Supervised init{GetParam(), {"--session", "--", testprog(), "state"}};
  const State state = state_from(init.wait().out);
  EXPECT_EQ(state.at("Session"), state.at("Pid"));
  EXPECT_EQ(state.at("Group"), state.at("Pid"));
}

TEST(SessionOnATerminal, GetsNothingFromTheTerminal) {
  Terminal terminal;
  harness::Container container = terminal.start_container(
      {harness::shipped("init"), "--session", "--", testprog(), "signals", "--until=TERM"});
  terminal.expect("ready");
  terminal.type(Terminal::ctrl_c);
  terminal.type(Terminal::ctrl_z);
  terminal.type(Terminal::ctrl_backslash);
  harness::eventually("init has taken them", [&] {
    return harness::signal_set(container.pid(), "ShdPnd") == 0 && harness::state_of(container.pid()) == 'S';
  });
  container.init().send(SIGTERM);
  EXPECT_FALSE(terminal.expect("signal 15 ").contains("signal "));
  EXPECT_EQ(container.wait().status, 0);
}

class WaitAll : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(WaitAll);

// PROGRAM acts as a daemon: it ends at once, and the process that it started is the service.
TEST_P(WaitAll, ServiceThatProgramLeftIsWaitedForAndGetsSignals) {
  Supervised init{GetParam(),
                  {"--wait-all", "--", "sh", "-c", "setsid $0 signals --until=TERM & exit 3", testprog()}};
  init->wait_for_line("ready");
  harness::eventually("PROGRAM was reaped", [&] {
    const auto children = harness::children_of(init->pid());
    return children.size() == 1 && harness::name_of(children.front()) == "testprog";
  });
  init.settle();
  init->send(SIGHUP);
  EXPECT_TRUE(init->read_line().starts_with("signal 1 "));
  init->send(SIGTERM);
  EXPECT_TRUE(init->read_line().starts_with("signal 15 "));
  EXPECT_EQ(init.wait().status, 3);
}

class StopSignals : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(StopSignals);

TEST_P(StopSignals, EachIsFollowedByCont) {
  Supervised init{GetParam(), {"-S", "QUIT", "-S", "INT", "--", testprog(), "signals"}};
  init->wait_for_line("ready");
  for (const int signal : {SIGQUIT, SIGINT}) {
    init->send(signal);
    EXPECT_TRUE(init->read_line().starts_with("signal " + std::to_string(signal) + " "));
    EXPECT_TRUE(init->read_line().starts_with("signal 18 "));
  }
}

}  // namespace
}  // namespace init_test

// Tests job control: what the loop does when PROGRAM stops, with and without a terminal.
#include "scripted_loop.hpp"

namespace init {
namespace {

constexpr int stopped(int signal) { return signal << 8 | 0x7f; }

class LoopTerminalTest : public ScriptedLoop {
 protected:
  LoopTerminalTest() {
    fake::system.self = 50;
    fake::system.terminal_error = 0;
    fake::system.foregrounds[fake::terminal] = 7;
    fake::system.stops_with_group = true;
  }

  Calls calls_when_stopped_by(int signal) {
    end(7, stopped(signal));
    fake::system.arrivals.front().ended.clear();
    fake::system.zombies[7] = stopped(signal);
    run_until_end();
    return fake::system.calls;
  }

 private:
  void run_until_end() {
    end(7, 0);
    run();
  }
};

TEST_F(LoopTerminalTest, InitStopsTogetherWithProgram) {
  EXPECT_EQ(calls_when_stopped_by(SIGTSTP),
            (Calls{"reap 7", "stop with group", "kill -7 18", "reap 7", "foreground 50"}));
}

TEST_F(LoopTerminalTest, ContinuedInTheForegroundItGivesTheTerminalToProgramAgain) {
  fake::system.foregrounds[fake::terminal] = 50;
  EXPECT_EQ(calls_when_stopped_by(SIGTSTP),
            (Calls{"reap 7", "stop with group", "foreground 7", "kill -7 18", "reap 7", "foreground 50"}));
}

TEST_F(LoopTerminalTest, ProgramThatWantsTheTerminalOfInitGetsIt) {
  fake::system.foregrounds[fake::terminal] = 50;
  EXPECT_EQ(calls_when_stopped_by(SIGTTIN),
            (Calls{"reap 7", "foreground 7", "kill -7 18", "reap 7", "foreground 50"}));
}

TEST_F(LoopTerminalTest, InAnOrphanedGroupOnlyCtrlZIsUndone) {
  fake::system.stops_with_group = false;
  EXPECT_EQ(calls_when_stopped_by(SIGTSTP),
            (Calls{"reap 7", "stop with group", "kill -7 18", "reap 7", "foreground 50"}));
  fake::system.calls.clear();
  fake::system.foregrounds[fake::terminal] = 7;
  EXPECT_EQ(calls_when_stopped_by(SIGTTIN), (Calls{"reap 7", "stop with group", "reap 7", "foreground 50"}));
}

TEST_F(LoopTerminalTest, SigstopStopsProgramAlone) {
  EXPECT_EQ(calls_when_stopped_by(SIGSTOP), (Calls{"reap 7", "reap 7", "foreground 50"}));
}

TEST_F(LoopTerminalTest, WithoutATerminalAStopIsLeftAlone) {
  fake::system.terminal_error = ENXIO;
  EXPECT_EQ(calls_when_stopped_by(SIGTSTP), (Calls{"reap 7", "reap 7"}));
}

TEST_F(LoopTerminalTest, Pid1ContinuesProgramAfterCtrlZ) {
  fake::system.self = 1;
  EXPECT_EQ(calls_when_stopped_by(SIGTSTP), (Calls{"reap 7", "kill -7 18", "reap 7", "foreground 1"}));
}

}  // namespace
}  // namespace init

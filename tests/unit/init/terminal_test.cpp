// Tests which terminal init takes, and when it gives and takes the foreground.
#include "init/terminal.hpp"

#include <errno.h>
#include <gtest/gtest.h>

#include "fake/fake_system.hpp"

namespace init {
namespace {

using Calls = std::vector<std::string>;

class TerminalTest : public testing::Test {
 protected:
  TerminalTest() {
    fake::system = {};
    fake::system.self = 50;
    fake::system.terminal_error = 0;
  }

  static Terminal opened() {
    Terminal terminal;
    terminal.open();
    return terminal;
  }
};

TEST_F(TerminalTest, ControllingTerminalIsOpened) {
  EXPECT_EQ(opened().descriptor(), fake::terminal);
  EXPECT_EQ(opened().own_group(), 50);
}

TEST_F(TerminalTest, ProcessWithoutControllingTerminalHasNone) {
  fake::system.terminal_error = ENXIO;
  fake::system.foregrounds = {{0, 50}, {1, 50}, {2, 50}};
  EXPECT_FALSE(opened().exists());
  EXPECT_FALSE(opened().is_ours());
  EXPECT_FALSE(opened().is_shared_with_outside());
}

TEST_F(TerminalTest, FirstStandardStreamStandsInForAnUnreadableDevice) {
  for (const int error : {ENOENT, EACCES}) {
    fake::system.terminal_error = error;
    fake::system.foregrounds = {{1, 50}, {2, 50}};
    EXPECT_EQ(opened().descriptor(), 1);
    fake::system.foregrounds.clear();
    EXPECT_FALSE(opened().exists());
  }
}

TEST_F(TerminalTest, ForegroundIsOursOnlyIfOurGroupHasIt) {
  EXPECT_FALSE(opened().is_ours()) << "the terminal has no foreground group";
  fake::system.foregrounds[fake::terminal] = 51;
  EXPECT_FALSE(opened().is_ours());
  fake::system.foregrounds[fake::terminal] = 50;
  EXPECT_TRUE(opened().is_ours());
}

// From inside a PID namespace, each group of another one reads as 0.
TEST_F(TerminalTest, GroupFromOutsideIsNeverOurs) {
  fake::system.groups[50] = 0;
  fake::system.foregrounds[fake::terminal] = 0;
  EXPECT_TRUE(opened().is_shared_with_outside());
  EXPECT_FALSE(opened().is_ours());
}

TEST_F(TerminalTest, ForegroundIsTakenBackOnlyFromItsOwner) {
  const Terminal terminal = opened();
  EXPECT_TRUE(terminal.give_to(7));
  terminal.take_back_from(8);
  EXPECT_EQ(fake::system.calls, Calls{"foreground 7"});
  terminal.take_back_from(7);
  EXPECT_EQ(fake::system.calls, (Calls{"foreground 7", "foreground 50"}));
}

}  // namespace
}  // namespace init

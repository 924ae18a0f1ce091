#include "harness/terminal.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include "harness/proc.hpp"

namespace harness {
namespace {

using namespace std::chrono_literals;

TEST(Terminal, ShowsInputAndAnswers) {
  Terminal terminal;
  Process shell = terminal.start({"sh", "-c", "read line; echo got $line"});
  terminal.type("this\n");
  EXPECT_EQ(terminal.expect("got this"), "this\r\n");
  EXPECT_EQ(shell.wait().status, 0);
  EXPECT_THROW(terminal.expect("that", 5ms), std::runtime_error);
}

TEST(Terminal, KeysBecomeSignals) {
  Terminal terminal;
  Process sleep = terminal.start({"sleep", "1000"});
  EXPECT_EQ(terminal.foreground_group(), sleep.pid());
  terminal.type(Terminal::ctrl_c);
  EXPECT_EQ(sleep.wait().signal, SIGINT);
}

TEST(Terminal, GivesAShellJobControl) {
  Terminal terminal;
  Process shell = terminal.start({"sh", "-i"}, {.environment = {"PS1=prompt> "}});
  const auto sleeping = [&] { return name_of(terminal.foreground_group()) == "sleep"; };
  terminal.expect("prompt> ");
  terminal.type("sleep 1000\n");
  eventually("sleep has the foreground", sleeping);
  terminal.type(Terminal::ctrl_z);
  terminal.expect("Stopped");
  terminal.type("fg\n");
  eventually("sleep has the foreground again", sleeping);
  terminal.type(Terminal::ctrl_c);
  terminal.expect("prompt> ");
  terminal.type("exit 4\n");
  EXPECT_EQ(shell.wait().status, 4);
}

TEST(Terminal, HangsUp) {
  Terminal terminal;
  Process sleep = terminal.start({"sleep", "1000"});
  terminal.hang_up();
  EXPECT_EQ(sleep.wait().signal, SIGHUP);
}

TEST(Terminal, CanBelongToAContainer) {
  Terminal terminal;
  Container container = terminal.start_container({"sh", "-c", "read line; echo $$ got $line"});
  terminal.type("this\n");
  terminal.expect("1 got this");
  EXPECT_EQ(container.wait().status, 0);
}

}  // namespace
}  // namespace harness

// Terminals that init can only half use, and stops that do not come from the keyboard.
#include <signal.h>

#include "harness/proc.hpp"
#include "harness/terminal.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using harness::Container;
using harness::shipped;
using harness::Terminal;
using harness::testprog;

bool is_stopped(pid_t pid) { return harness::state_of(pid) == 'T'; }

const std::string unshared = "unshare --user --map-root-user --fork --pid --mount-proc ";

// The group of the shell reads as 0 from inside the new PID namespace.
TEST(TerminalOfAnotherNamespace, IsNotTakenForEver) {
  Terminal terminal;
  Container shell = terminal.start_container(
      {"sh", "-c", unshared + shipped("init") + " -- true; echo over; read line; echo got $line"});
  terminal.expect("over");
  terminal.type("words\n");
  terminal.expect("got words");
  EXPECT_EQ(shell.wait().status, 0);
}

TEST(TerminalOfAnotherNamespace, CanBeReadByProgram) {
  Terminal terminal;
  Container shell = terminal.start_container(
      {"sh", "-c", unshared + shipped("init") + " -- sh -c 'echo ready; read line; echo got $line; exit 5'"});
  terminal.expect("ready");
  terminal.type("words\n");
  terminal.expect("got words");
  EXPECT_EQ(shell.wait().status, 5);
}

TEST(TerminalOfAnotherNamespace, SendsCtrlCOnce) {
  Terminal terminal;
  Container shell = terminal.start_container(
      {"sh", "-c",
       "trap '' INT QUIT; " + unshared + shipped("init") + " -- " + testprog() + " signals --until=QUIT"});
  terminal.expect("ready");
  terminal.type(Terminal::ctrl_c);
  terminal.expect("signal 2 ");
  terminal.type(Terminal::ctrl_backslash);
  EXPECT_FALSE(terminal.expect("signal 3 ").contains("signal 2 "));
  EXPECT_EQ(shell.wait().status, 0);
}

// An empty /dev, as in an image that was made by hand.
TEST(TerminalWithoutDevice, IsFoundAmongTheStandardStreams) {
  Terminal terminal;
  harness::ContainerOptions options;
  options.mounts = {{"", "/dev"}};
  Container container =
      terminal.start_container({shipped("init"), "--", "sh", "-c", "echo ready; read line; exit 4"}, options);
  terminal.expect("ready");
  terminal.type("line\n");
  EXPECT_EQ(container.wait().status, 4);
}

// As session leader init has no shell that could continue it.
TEST(TerminalOfASessionLeader, LeavesAStoppedProgramAlone) {
  Terminal terminal;
  harness::Process init = terminal.start({shipped("init"), "--", testprog(), "stopper"});
  terminal.expect("ready");
  const pid_t program = harness::children_of(init.pid()).at(0);
  harness::eventually("PROGRAM is stopped", [&] { return is_stopped(program); });
  init.send(SIGHUP);  // waits in PROGRAM
  harness::eventually("it was forwarded",
                      [&] { return harness::contains(harness::signal_set(program, "ShdPnd"), SIGHUP); });
  EXPECT_TRUE(is_stopped(program));
  init.send(SIGCONT);
  EXPECT_EQ(init.wait().status, 129);
}

TEST(TerminalOfASessionLeader, CtrlZIsUndone) {
  Terminal terminal;
  harness::Process init =
      terminal.start({shipped("init"), "--", "sh", "-c", "echo ready; read line; exit 4"});
  terminal.expect("ready");
  terminal.type(Terminal::ctrl_z);
  terminal.type("line\n");
  EXPECT_EQ(init.wait().status, 4);
}

TEST(TerminalOfAShell, ThirdPartyCanStopAndContinueProgram) {
  Terminal terminal;
  harness::ContainerOptions options;
  options.process.environment = {"PS1=prompt> ", "HISTFILE="};
  Container shell = terminal.start_container({"bash", "--norc", "-i"}, options);
  terminal.expect("prompt> ");
  terminal.type(shipped("init") + " -- " + testprog() + " wait-ms 1000000; echo status $?\n");
  pid_t program = 0;
  harness::eventually("PROGRAM has the foreground", [&] {
    program = terminal.foreground_group();
    return harness::state_of(program) != '\0' && harness::name_of(program) == "testprog";
  });
  const pid_t init = harness::parent_of(program);
  ::kill(program, SIGSTOP);
  harness::eventually("PROGRAM is stopped", [&] { return is_stopped(program); });
  ::kill(program, SIGCONT);
  ::kill(init, SIGHUP);
  terminal.expect("status 129");
}

TEST(TerminalOfPid1, CtrlZFreezesNoProcessThatInitAdopted) {
  Terminal terminal;
  // PROGRAM takes SIGTSTP itself; the shell that it left behind is stopped by it.
  const std::string script =
      "(bash -c 'trap \"echo woken\" CONT; sleep 1000 & echo waiting; while :; do wait; done' &); "
      "exec $0 signals --until=QUIT";
  Container container = terminal.start_container({shipped("init"), "--", "sh", "-c", script, testprog()});
  harness::eventually("both are ready", [&] {
    const std::string& said = terminal.transcript();
    return said.contains("waiting") && said.contains("ready");
  });
  terminal.type(Terminal::ctrl_z);
  terminal.expect("woken");
  container.init().send(SIGQUIT);
  EXPECT_EQ(container.wait().status, 0);
}

}  // namespace
}  // namespace init_test

// Tests init between a terminal and PROGRAM.
#include "harness/terminal.hpp"

#include <signal.h>
#include <unistd.h>

#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using harness::Container;
using harness::shipped;
using harness::Terminal;
using harness::testprog;

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

bool is_stopped(pid_t pid) { return harness::state_of(pid) == 'T'; }

// An interactive shell at the terminal, run as PID 1, so that everything it starts ends with it.
class Shell {
 public:
  Shell() : container_{terminal_.start_container({"bash", "--norc", "-i"}, quiet())} {
    terminal_.expect("prompt> ");
  }

  Terminal& terminal() { return terminal_; }
  pid_t pid() const { return container_.pid(); }
  void run(const std::string& line) { terminal_.type(line + "\n"); }
  bool has_foreground() const { return terminal_.foreground_group() == pid(); }

  // Waits until the PROGRAM of that name is in the foreground, and returns its PID.
  pid_t foreground_program(const std::string& name) {
    pid_t group = 0;
    harness::eventually(name + " has the foreground", [&] {
      group = terminal_.foreground_group();
      return harness::state_of(group) != '\0' && harness::name_of(group) == name;
    });
    return group;
  }

 private:
  static harness::ContainerOptions quiet() {
    harness::ContainerOptions options;
    options.process.environment = {"PS1=prompt> ", "HISTFILE="};
    return options;
  }

  Terminal terminal_;
  Container container_;
};

TEST(TerminalOfPid1, BelongsToProgram) {
  Terminal terminal;
  Container container = terminal.start_container({shipped("init"), "--", testprog(), "state"});
  terminal.expect("Group: ");
  const std::string group = terminal.expect("\r\n");
  terminal.expect("Foreground: ");
  EXPECT_EQ(terminal.expect("\r\n"), group);
  EXPECT_EQ(container.wait().status, 0);
}

TEST(TerminalOfPid1, IsGivenBackWhenProgramHasEnded) {
  Terminal terminal;
  Container container = terminal.start_container({shipped("init"), "--drain=1h", "--", testprog(), "orphans",
                                                  "1", "--deaf", "--live=1000000", "--leave=0"});
  terminal.expect("done");
  harness::eventually("init has the foreground",
                      [&] { return terminal.foreground_group() == container.pid(); });
  for (const pid_t left : harness::children_of(container.pid())) ::kill(left, SIGKILL);
  EXPECT_EQ(container.wait().status, 0);
}

TEST(TerminalOfPid1, CtrlCArrivesOnce) {
  for (const char* scope : {"--single-child", "--group", "--all"}) {
    Terminal terminal;
    Container container = terminal.start_container({shipped("init"), scope, "--", testprog(), "signals"});
    terminal.expect("ready");
    terminal.type(Terminal::ctrl_c);
    terminal.expect("signal 2 ");
    container.init().send(SIGHUP);
    const std::string between = terminal.expect("signal 1 ");
    EXPECT_EQ(count_of(between, "signal 2 "), 0U) << scope << between;
  }
}

TEST(TerminalOfPid1, CtrlZCannotFreezeContainer) {
  Terminal terminal;
  Container container =
      terminal.start_container({shipped("init"), "--", "sh", "-c", "echo ready; read line; exit 4"});
  terminal.expect("ready");
  for (int count = 0; count < 5; ++count) terminal.type(Terminal::ctrl_z);
  terminal.type("line\n");
  EXPECT_EQ(container.wait().status, 4);
}

TEST(TerminalOfPid1, StopSignalAfterCtrlZStops) {
  Terminal terminal;
  Container container = terminal.start_container({shipped("init"), "--", testprog(), "wait-ms", "1000000"});
  terminal.expect("ready");
  terminal.type(Terminal::ctrl_z);
  container.init().send(SIGTERM);
  EXPECT_EQ(container.wait().status, 143);
}

TEST(TerminalOfPid1, ShellHasJobControlOnIt) {
  Terminal terminal;
  Container container = terminal.start_container({shipped("init"), "--", "bash", "--norc", "-i"},
                                                 {.process = {.environment = {"PS1=prompt> "}}});
  terminal.expect("prompt> ");
  terminal.type("sleep 1000 & sleep 2000\n");
  const auto foreground = [&] {
    const pid_t group = terminal.foreground_group();
    return group > 0 && harness::state_of(group) != '\0' ? harness::name_of(group) : "";
  };
  harness::eventually("sleep has the foreground", [&] { return foreground() == "sleep"; });
  terminal.type(Terminal::ctrl_z);
  terminal.expect("Stopped");
  terminal.type("fg %2\n");
  harness::eventually("sleep has the foreground", [&] { return foreground() == "sleep"; });
  terminal.type(Terminal::ctrl_c);
  terminal.expect("prompt> ");
  terminal.type("jobs\n");
  terminal.expect("Running");
  terminal.type("exit 6\n");
  EXPECT_EQ(container.wait().status, 6);
  EXPECT_FALSE(terminal.transcript().contains("no job control")) << terminal.transcript();
}

TEST(TerminalOfAShell, BelongsToProgramIfInitIsInForeground) {
  Shell shell;
  shell.run(shipped("init") + " -- sleep 1000");
  shell.foreground_program("sleep");
  shell.terminal().type(Terminal::ctrl_c);
  shell.terminal().expect("prompt> ");
  shell.run("echo status $?");
  shell.terminal().expect("status 130");
}

// This shell only waits: one that edits its line would take the terminal back at once.
TEST(TerminalOfAShell, IsNotTakenFromBackground) {
  Terminal terminal;
  const std::string script = "\"$@\" & wait; exit 8";
  Container shell =
      terminal.start_container({"bash", "-mc", script, "bash", shipped("init"), "--", testprog(), "state"});
  terminal.expect("Foreground: ");
  EXPECT_EQ(terminal.expect("\r\n"), "1");
  EXPECT_EQ(shell.wait().status, 8);
}

TEST(TerminalOfAShell, CtrlCInForegroundArrivesOnce) {
  Shell shell;
  shell.run(shipped("init") + " --group -- " + testprog() + " signals --until=QUIT");
  shell.terminal().expect("ready");
  shell.terminal().type(Terminal::ctrl_c);
  shell.terminal().expect("signal 2 ");
  shell.terminal().type(Terminal::ctrl_backslash);
  EXPECT_EQ(count_of(shell.terminal().expect("signal 3 "), "signal 2 "), 0U);
  shell.terminal().expect("prompt> ");
}

TEST(TerminalOfAShell, CtrlZStopsJobAndFgContinuesIt) {
  Shell shell;
  shell.run(shipped("init") + " -- sleep 1000");
  const pid_t program = shell.foreground_program("sleep");
  const pid_t init = harness::parent_of(program);
  for (int count = 0; count < 3; ++count) {
    shell.terminal().type(Terminal::ctrl_z);
    shell.terminal().expect("Stopped");
    shell.terminal().expect("prompt> ");
    EXPECT_TRUE(is_stopped(init));
    EXPECT_TRUE(is_stopped(program));
    EXPECT_TRUE(shell.has_foreground());
    shell.run("fg");
    EXPECT_EQ(shell.foreground_program("sleep"), program);
    harness::eventually("both go on", [&] { return !is_stopped(init) && !is_stopped(program); });
  }
  shell.terminal().type(Terminal::ctrl_c);
  shell.terminal().expect("prompt> ");
}

TEST(TerminalOfAShell, StoppedJobContinuesInBackground) {
  Shell shell;
  shell.run(shipped("init") + " -- sleep 1000");
  const pid_t program = shell.foreground_program("sleep");
  const pid_t init = harness::parent_of(program);
  shell.terminal().type(Terminal::ctrl_z);
  shell.terminal().expect("Stopped");
  shell.terminal().expect("prompt> ");
  shell.run("bg");
  shell.terminal().expect("prompt> ");
  harness::eventually("both go on", [&] { return !is_stopped(init) && !is_stopped(program); });
  EXPECT_TRUE(shell.has_foreground());
  shell.run("fg; echo status $?");
  // A running job is not told that it has moved to the foreground. The keys reach PROGRAM through init.
  harness::eventually("the job has the foreground", [&] { return !shell.has_foreground(); });
  shell.terminal().type(Terminal::ctrl_z);
  shell.terminal().expect("Stopped");
  shell.run("fg; echo status $?");
  shell.foreground_program("sleep");
  shell.terminal().type(Terminal::ctrl_c);
  shell.terminal().expect("status 130");
}

TEST(TerminalOfAShell, OutputFromBackgroundDoesNotStopInit) {
  Shell shell;
  shell.run("stty tostop");
  shell.terminal().expect("prompt> ");
  shell.run(shipped("init") + " -vw -- sh -c 'exit 3' & wait $!; echo status $?");
  shell.terminal().expect("exiting with status 3");
  shell.terminal().expect("status 3");
}

TEST(TerminalOfAShell, ReaderInBackgroundStopsWithItsJob) {
  Shell shell;
  shell.run(shipped("init") + " -- sh -c 'read line; echo got $line' &");
  // The kernel shows a stopped process before it tells the shell, and a shell that has not been told does not
  // continue the job.
  harness::eventually("the shell knows that its job is stopped", [&] {
    shell.run("jobs -s");
    return shell.terminal().expect("prompt> ").contains("Stopped");
  });
  shell.run("fg");
  shell.foreground_program("sh");
  shell.run("words");
  shell.terminal().expect("got words");
}

}  // namespace
}  // namespace init_test

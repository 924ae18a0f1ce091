// Tests bash as PROGRAM: on a pseudo-terminal, with background jobs, and with tee as its log.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>

#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "harness/programs.hpp"
#include "harness/terminal.hpp"
#include "installed.hpp"

namespace programs {
namespace {

using harness::Container;
using harness::eventually;
using harness::Terminal;

class Bash : public testing::Test {
 protected:
  Container start(const Words& options = {}) {
    Words words{harness::shipped("init")};
    words.insert(words.end(), options.begin(), options.end());
    for (const char* word : {"--norc", "--noprofile", "--noediting", "-i"}) shell_.emplace_back(word);
    words.insert(words.end(), shell_.begin(), shell_.end());
    harness::ContainerOptions container = secluded();
    container.process.environment = {"PS1=prompt> ", "HISTFILE", "LC_ALL=C"};
    Container started = terminal_.start_container(words, container);
    terminal_.expect("prompt> ");
    return started;
  }

  // Types a line; returns its output up to the next prompt.
  std::string run(const std::string& line) {
    terminal_.type(line + "\n");
    terminal_.expect(line + "\r\n");
    return terminal_.expect("prompt> ");
  }

  void wait_for_foreground(const std::string& name) {
    eventually(name + " has the foreground",
               [&] { return harness::name_of(terminal_.foreground_group()) == name; });
  }

  Terminal terminal_;

 private:
  Words shell_{installed("bash")};
};

TEST_F(Bash, HasJobControl) {
  Container container = start();
  wait_for_foreground("bash");
  terminal_.type("sleep 1000\n");
  wait_for_foreground("sleep");
  terminal_.type(Terminal::ctrl_z);
  terminal_.expect("Stopped");
  terminal_.expect("prompt> ");
  wait_for_foreground("bash");
  EXPECT_TRUE(run("bg").contains("sleep 1000 &"));
  EXPECT_TRUE(run("jobs").contains("Running"));
  terminal_.type("fg\n");
  wait_for_foreground("sleep");
  terminal_.type(Terminal::ctrl_c);
  terminal_.expect("prompt> ");
  EXPECT_EQ(run("echo $?"), "130\r\n");
  terminal_.type("exit 3\n");
  EXPECT_EQ(container.wait().status, 3);
}

TEST_F(Bash, BackgroundJobsAreReaped) {
  Container container = start();
  run("for n in {1..20}; do (true &); done; for n in {1..5}; do true & done; wait");
  expect_members(container, 2);
  terminal_.type(Terminal::ctrl_d);
  EXPECT_EQ(container.wait().status, 0);
}

TEST_F(Bash, BackgroundJobIsAskedToStopAfterItEnds) {
  Container container = start({"--warn-reaped"});
  run("sleep 1000 &");
  expect_members(container, 3);
  // Until its execve the job is still called bash.
  eventually("the job is sleep", [&] {
    const auto pids = container.members();
    return std::ranges::any_of(pids, [](pid_t pid) { return harness::name_of(pid) == "sleep"; });
  });
  terminal_.type("exit 4\n");
  EXPECT_EQ(container.wait().status, 4);
  terminal_.expect("reaped: sleep (PID ");
  terminal_.expect("was killed by SIGTERM");
}

TEST_F(Bash, BackgroundJobFinishesItsWorkAfterItEnds) {
  const harness::TemporaryDirectory directory;
  const std::string file = directory / "work";
  Container container = start();
  // The job's own child is told to stop, too; its end interrupts the wait of the trap.
  run("(trap 'sleep 0.3; echo finished > " + file + "; exit' TERM; echo > " + file +
      ".ready; while :; do sleep 1000 & wait; done) &");
  eventually("the job has its trap", [&] { return std::filesystem::exists(file + ".ready"); });
  terminal_.type("exit 5\n");
  EXPECT_EQ(container.wait().status, 5);
  EXPECT_EQ(harness::read_file(file), "finished\n");
}

TEST_F(Bash, HangupOfTheTerminalEndsItAndItsJobs) {
  Container container = start();
  run("sleep 1000 &");
  // A shell that reads would also reach the end of its input.
  terminal_.type("sleep 2000\n");
  wait_for_foreground("sleep");
  terminal_.hang_up();
  EXPECT_EQ(container.wait().status, 128 + SIGHUP);
}

// tee still has lines in its pipe when the shell ends.
TEST(BashThatLogsThroughTee, LosesNoLine) {
  const harness::TemporaryDirectory directory;
  const std::string log = directory / "log";
  const std::string script = "exec > >(tee " + log + "); seq 20000; echo last line";
  const harness::Outcome outcome = under_init({}, {installed("bash"), "-c", script}).wait();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.out.ends_with("\n20000\nlast line\n")) << outcome.out.size();
  EXPECT_EQ(outcome.out, harness::read_file(log));
}

}  // namespace
}  // namespace programs

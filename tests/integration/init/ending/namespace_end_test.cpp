// As PID 1 init ends with its namespace: processes that docker exec brought are stopped like its own.
#include <signal.h>

#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using namespace std::chrono_literals;
using harness::Clock;
using harness::Container;
using harness::Process;
using harness::shipped;
using harness::testprog;

harness::ContainerOptions with_input() {
  harness::ContainerOptions options;
  options.process.input = harness::Input::pipe;
  return options;
}

// PROGRAM ends when a line comes, with status 6.
Container container_with(const Words& options) {
  Words command{shipped("init")};
  command.insert(command.end(), options.begin(), options.end());
  command.insert(command.end(), {"--", "sh", "-c", "echo started; read line; exit 6"});
  Container container{command, with_input()};
  // Before init has blocked its signals, the kernel drops those that it is sent.
  container.init().wait_for_line("started");
  return container;
}

TEST(NamespaceEnd, ExecutedProcessIsAskedToStopAndHasTime) {
  Container container = container_with({});
  Process guest = container.exec({"bash", "-c",
                                  "trap 'sleep 0.3; echo finished; exit 3' TERM; echo ready; "
                                  "sleep 1000 & wait"});
  guest.wait_for_line("ready");
  container.init().type("\n");
  guest.wait_for_line("finished");
  EXPECT_EQ(guest.wait().status, 3);
  EXPECT_EQ(container.wait().status, 6);
}

TEST(NamespaceEnd, ExecutedProcessIsKilledAndNamedAfterTheDrain) {
  Container container = container_with({"--drain=300ms"});
  Process guest = container.exec({testprog(), "ignore", "TERM"});
  guest.wait_for_line("ready");
  const std::string pid = std::to_string(harness::inner_pid_of(guest.pid()));
  const auto asked = Clock::now();
  container.init().type("\n");
  const harness::Outcome outcome = container.wait();
  EXPECT_GE(Clock::now() - asked, 300ms);
  EXPECT_EQ(outcome.status, 6);
  EXPECT_EQ(outcome.err, "init: killing testprog (PID " + pid + "), which did not stop in time\n");
  EXPECT_EQ(guest.wait().signal, SIGKILL);
}

TEST(NamespaceEnd, InitEndsSoonAfterTheExecutedProcess) {
  Container container = container_with({"--drain=1h"});
  Process guest = container.exec({testprog(), "signals", "--until=TERM"});
  guest.wait_for_line("ready");
  container.init().type("\n");
  EXPECT_EQ(guest.wait().status, 0);
  EXPECT_EQ(container.wait().status, 6);
}

TEST(NamespaceEnd, WithoutDrainNobodyIsWaitedFor) {
  Container container = container_with({"--drain=0"});
  Process guest = container.exec({testprog(), "ignore", "TERM"});
  guest.wait_for_line("ready");
  container.init().type("\n");
  EXPECT_EQ(container.wait().status, 6);
  EXPECT_EQ(guest.wait().signal, SIGKILL);
}

TEST(NamespaceEnd, GraceHoldsForAnExecutedProcessToo) {
  Container container = container_with({"--grace=300ms", "--drain=1h"});
  Process guest = container.exec({testprog(), "ignore", "TERM"});
  guest.wait_for_line("ready");
  container.init().send(SIGTERM);
  const harness::Outcome outcome = container.wait();
  EXPECT_EQ(outcome.status, 143);
  EXPECT_TRUE(outcome.err.starts_with("init: killing testprog (PID ")) << outcome.err;
}

TEST(NamespaceEnd, ExecutedProcessThatHasEndedIsNotWaitedFor) {
  Container container = container_with({"--drain=1h"});
  EXPECT_EQ(container.exec({testprog(), "exit", "4"}).wait().status, 4);
  container.init().type("\n");
  EXPECT_EQ(container.wait().status, 6);
}

}  // namespace
}  // namespace init_test

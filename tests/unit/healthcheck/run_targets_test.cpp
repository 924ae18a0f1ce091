// Several targets, the names of /etc/hosts, and the signal of --on-failure.
#include "run_test.hpp"

#include <errno.h>

namespace healthcheck {
namespace {

using base::milliseconds;
using base::seconds;

TEST_F(RunTest, FirstUnhealthyTargetEndsTheAttempt) {
  service("127.0.0.1:2") = {};
  EXPECT_EQ(run({"tcp://127.0.0.1:1", "tcp://127.0.0.1:2"}), 1);
  EXPECT_EQ(line(), "tcp://127.0.0.1:1: connection refused");
  EXPECT_EQ(fake::network.calls, (Lines{"connect 127.0.0.1:1", "close", "message"}));
}

TEST_F(RunTest, AnyNeedsOneHealthyTarget) {
  service("127.0.0.1:2") = {};
  EXPECT_EQ(run({"--any", "tcp://127.0.0.1:1", "tcp://127.0.0.1:2", "tcp://127.0.0.1:3"}), 0);
  EXPECT_TRUE(fake::network.messages.empty());
  EXPECT_EQ(fake::network.calls,
            (Lines{"connect 127.0.0.1:1", "close", "connect 127.0.0.1:2", "confine", "finish", "close"}));
  EXPECT_EQ(run({"--any", "tcp://127.0.0.1:1", "tcp://127.0.0.1:3"}), 1);
  EXPECT_EQ(line(), "tcp://127.0.0.1:1: connection refused; tcp://127.0.0.1:3: connection refused");
}

TEST_F(RunTest, SilentTargetLeavesTimeForTheOthersOfAny) {
  service("127.0.0.1:1") = {};
  service("127.0.0.1:2").says = {{.after = milliseconds(900), .text = ok}};
  EXPECT_EQ(run({"--any", "http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3"}), 0);
  EXPECT_EQ(fake::network.now, base::Instant{} + milliseconds(1000 + 1000 + 900));
}

TEST_F(RunTest, UnhealthyRunSignalsProcessOne) {
  service("127.0.0.1:1") = {};
  EXPECT_EQ(run({"--on-failure=TERM", "tcp://127.0.0.1:1"}), 0);
  EXPECT_EQ(fake::network.signals, Lines{});
  EXPECT_EQ(run({"--on-failure=TERM", "--wait=1s", "tcp://127.0.0.1:2"}), 1);
  EXPECT_EQ(fake::network.signals, Lines{"1 15"}) << "after the last attempt";
  EXPECT_EQ(line(), "tcp://127.0.0.1:2: connection refused");
}

TEST_F(RunTest, ProcessOneIsNotSignalledByItselfOrForAUsageError) {
  fake::network.self = 1;
  EXPECT_EQ(run({"--on-failure=TERM", "tcp://127.0.0.1:2"}), 1);
  fake::network.self = 4242;
  EXPECT_EQ(run({"--on-failure=TERM", "ftp://127.0.0.1:2"}), 1);
  EXPECT_EQ(fake::network.signals, Lines{});
}

TEST_F(RunTest, SignalThatCannotBeSentIsReported) {
  fake::network.signal_error = EPERM;
  EXPECT_EQ(run({"--on-failure=TERM", "tcp://127.0.0.1:2"}), 1);
  EXPECT_EQ(fake::network.messages,
            (Lines{"healthcheck: tcp://127.0.0.1:2: connection refused\n",
                   "healthcheck: cannot send --on-failure's signal to PID 1: Operation not permitted\n"}));
}

TEST_F(RunTest, NamesComeFromTheHostsFile) {
  fake::network.files["/etc/hosts"] = "127.0.0.1 localhost\n10.0.0.1 app\nfd00::1 app\n";
  service("[fd00::1]:80").says = {{.text = ok}};
  EXPECT_EQ(run({"http://app/"}), 0);
  EXPECT_EQ(fake::network.calls,
            (Lines{"connect 10.0.0.1:80", "close", "connect [fd00::1]:80", "confine", "close"}));
  EXPECT_EQ(run({"tcp://app:5"}), 1);
  EXPECT_EQ(line(), "tcp://app:5: connection refused (2 addresses)");
  fake::network.messages.clear();
  fake::network.calls.clear();
  EXPECT_EQ(run({":1", "http://other/"}), 1);
  EXPECT_EQ(line(), "http://other/: neither localhost, an address nor a name in /etc/hosts");
  EXPECT_EQ(fake::network.calls, Lines{"message"}) << "nothing was probed";
}

TEST_F(RunTest, HostsFileThatCannotBeReadIsReported) {
  EXPECT_EQ(run({"http://app/"}), 1);
  EXPECT_EQ(line(), "http://app/: /etc/hosts: No such file or directory");
}

TEST_F(RunTest, LineThatMayBeCutShortNamesNoHost) {
  std::string comment(16'384 - 12, '#');
  fake::network.files["/etc/hosts"] = comment + "\n10.0.0.1 apple\n";
  EXPECT_EQ(run({"http://app/"}), 1);
  EXPECT_EQ(line(), "http://app/: neither localhost, an address nor a name in /etc/hosts");
}

}  // namespace
}  // namespace healthcheck

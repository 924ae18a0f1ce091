// The lines and exit statuses of the whole program, and its waits.
#include "run_test.hpp"

#include <errno.h>

namespace healthcheck {
namespace {

using base::milliseconds;
using base::seconds;

TEST_F(RunTest, HealthyTargetIsSilent) {
  service("127.0.0.1:80").says = {{.text = ok}};
  EXPECT_EQ(run({"http://127.0.0.1"}), 0);
  EXPECT_TRUE(fake::network.messages.empty());
}

TEST_F(RunTest, UnhealthyTargetIsOneLine) {
  EXPECT_EQ(run({"http://127.0.0.1"}), 1);
  EXPECT_EQ(line(), "http://127.0.0.1: connection refused");
  EXPECT_EQ(fake::network.calls, (Lines{"connect 127.0.0.1:80", "close", "message"}))
      << "the socket is closed before the line is written: it may have standard error's number";
}

TEST_F(RunTest, QuietLeavesTheLineOut) {
  EXPECT_EQ(run({"-q", "http://127.0.0.1"}), 1);
  EXPECT_TRUE(fake::network.messages.empty());
}

TEST_F(RunTest, VerboseReportsEachHealthyTarget) {
  service("127.0.0.1:1") = {};
  fake::network.ages["/f"] = seconds(2);
  EXPECT_EQ(run({"-v", "tcp://127.0.0.1:1", "file:///f"}), 0);
  EXPECT_EQ(fake::network.messages, (Lines{"healthcheck: tcp://127.0.0.1:1: connected (0 ms)\n",
                                           "healthcheck: file:///f: 2s old\n"}));
  EXPECT_EQ(fake::network.calls,
            (Lines{"connect 127.0.0.1:1", "confine", "finish", "close", "message", "message"}));
}

TEST_F(RunTest, LineShowsTheTargetAsItWasWritten) {
  EXPECT_EQ(run({"${SCHEME}://127.0.0.1:1/?token=${TOKEN}"}, {"SCHEME=http", "TOKEN=secret"}), 1);
  EXPECT_EQ(line(), "${SCHEME}://127.0.0.1:1/?token=${TOKEN}: connection refused");
  fake::network.messages.clear();
  EXPECT_EQ(run({":1/x"}), 1);
  EXPECT_EQ(line(), ":1/x: connection refused (127.0.0.1, ::1)");
}

TEST_F(RunTest, TargetsShareOneDeadline) {
  service("127.0.0.1:1").says = {{.after = seconds(2), .text = ok}};
  service("127.0.0.1:2").says = {{.after = seconds(2), .text = ok}};
  EXPECT_EQ(run({"http://127.0.0.1:1", "http://127.0.0.1:2"}), 1);
  EXPECT_EQ(line(), "http://127.0.0.1:2: no answer within 3s (waiting for headers)");
  EXPECT_EQ(fake::network.now, base::Instant{} + seconds(4));
}

TEST_F(RunTest, WaitProbesUntilHealthy) {
  service("127.0.0.1:1").connect_errors = {ECONNREFUSED, ECONNREFUSED};
  EXPECT_EQ(run({"--wait=10s", "tcp://127.0.0.1:1"}), 0);
  EXPECT_EQ(fake::network.calls,
            (Lines{"connect 127.0.0.1:1", "close", "pause 500", "connect 127.0.0.1:1", "close", "pause 500",
                   "connect 127.0.0.1:1", "confine", "finish", "close"}));
}

// The kernel sends PID 1 no signal that it has no handler for.
TEST_F(RunTest, StopSignalsEndItAsFirstProcess) {
  fake::network.self = 1;
  EXPECT_EQ(run({"tcp://127.0.0.1:1"}), 1);
  EXPECT_EQ(fake::network.calls,
            (Lines{"exit on 15", "exit on 2", "connect 127.0.0.1:1", "close", "message"}));
}

TEST_F(RunTest, WaitShorterThanIntervalTriesAgainAtItsEnd) {
  service("127.0.0.1:1").connect_errors = {ECONNREFUSED};
  EXPECT_EQ(run({"--wait=450ms", "tcp://127.0.0.1:1"}), 0);
  EXPECT_GT(fake::network.now, base::Instant{} + milliseconds(1000 + 390));
  EXPECT_LT(fake::network.now, base::Instant{} + milliseconds(1000 + 450));
}

TEST_F(RunTest, WaitEndsWithTheLastVerdict) {
  EXPECT_EQ(run({"--wait=10s", "--interval=10s", "tcp://127.0.0.1:1"}), 1);
  EXPECT_EQ(line(), "tcp://127.0.0.1:1: connection refused");
  EXPECT_EQ(fake::network.now, base::Instant{} + milliseconds(1000 + 9900));
}

TEST_F(RunTest, WaitEndsWithoutClock) {
  fake::network.has_clock = false;
  EXPECT_EQ(run({"--wait=2s", "tcp://127.0.0.1:1"}), 1);
  EXPECT_EQ(line(), "tcp://127.0.0.1:1: connection refused");
  EXPECT_LE(fake::network.now, base::Instant{} + seconds(1 + 2));
}

TEST_F(RunTest, PauseThatCannotBeMadeIsReported) {
  fake::network.wait_error = ENOSYS;
  EXPECT_EQ(run({"--wait=2s", "tcp://127.0.0.1:1"}), 1);
  EXPECT_EQ(line(), "cannot wait: Function not implemented");
}

TEST_F(RunTest, VariableNamesTheTargets) {
  service("127.0.0.1:1") = {};
  EXPECT_EQ(run({}, {"DISTROLESS_HEALTHCHECK_TARGET= tcp://127.0.0.1:1  tcp://127.0.0.1:2"}), 1);
  EXPECT_EQ(line(), "tcp://127.0.0.1:2: connection refused");
}

TEST_F(RunTest, UsageErrorsAreReportedBeforeAnythingIsProbed) {
  struct Case {
    Lines arguments;
    const char* want;
  };
  for (const Case& row :
       {Case{{}, "no TARGET given (see healthcheck --help)"},
        {{"--timeout=5x", ":1"}, "--timeout: invalid duration '5x'"},
        {{":1", "ftp://x"}, "ftp://x: unknown scheme"},
        {{"--expect=x", ":1"}, "--expect: no TARGET uses it"},
        {{"-bx", "-q", "tcp://localhost:1"}, "--body: no TARGET uses it"},
        {{"--user=me:${PASS", ":1"}, "--user: no } after ${"},
        {{"--user=secret", "--timeout=5x", ":1"}, "--user: invalid NAME:PASSWORD"},
        {{"--user=a:b", "--timeout=5x", ":1"}, "--timeout: invalid duration '5x'"},
        {{"--timeout=$T", ":1"},
         "--timeout: invalid duration '$T' (no shell expands $NAME here: write ${NAME})"},
        {{":$PORT/x"},
         ":$PORT/x: neither SCHEME://... nor HOST:PORT (no shell expands $NAME here: write "
         "${NAME})"},
        {{"tcp://localhost:$PORT"},
         "tcp://localhost:$PORT: invalid port (no shell expands $NAME here: write ${NAME})"},
        {{"http://me:secret@localhost"}, "TARGET: user not accepted (see --user)"},
        {{"--user=secret", ":1"}, "--user: invalid NAME:PASSWORD"},
        {{":${PORT}"}, ":${PORT}: unset variable 'PORT'"},
        {{"--body=${TEXT}", ":1"}, "--body: unset variable 'TEXT'"}}) {
    fake::network = {};
    EXPECT_EQ(run(row.arguments), 1);
    EXPECT_EQ(line(), row.want);
    EXPECT_EQ(fake::network.calls, Lines{"message"});
  }
}

TEST_F(RunTest, HelpAndVersionArePrinted) {
  EXPECT_EQ(run({"--version"}), 0);
  EXPECT_EQ(fake::network.printed, "healthcheck " PROJECT_VERSION "\n");
  EXPECT_EQ(run({"--help"}), 0);
  EXPECT_NE(fake::network.printed.find("Usage: healthcheck"), std::string::npos);
  EXPECT_TRUE(fake::network.messages.empty());
}

TEST_F(RunTest, FullStandardOutputIsAnError) {
  fake::network.write_error = EINVAL;
  EXPECT_EQ(run({"--help"}), 1);
  EXPECT_EQ(line(), "standard output: Invalid argument");
}

}  // namespace
}  // namespace healthcheck

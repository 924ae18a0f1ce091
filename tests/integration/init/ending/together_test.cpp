// Tests several programs that live and die together.
#include <signal.h>

#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using namespace std::chrono_literals;

class Together : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Together);

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST_P(Together, FirstEndStopsTheRestAndGivesTheStatus) {
  for (const char* line : {"-t -- $testprog wait-ms 100 --exit=3 :: $testprog signals --until=TERM",
                           "-t -- $testprog signals --until=TERM :: $testprog wait-ms 100 --exit=3",
                           "-t $testprog stopper :: $testprog wait-ms 100 --exit=3 :: $testprog stopper"}) {
    Supervised init{GetParam(), words(line)};
    const Outcome outcome = init.wait();
    EXPECT_EQ(outcome.status, 3) << line;
    EXPECT_EQ(outcome.err, "");
  }
}

TEST_P(Together, StopReachesAllPrograms) {
  Supervised init{GetParam(), words("--together -- $testprog signals --until=TERM :: $testprog signals "
                                    "--until=TERM :: $testprog signals --until=TERM")};
  for (int count = 0; count < 3; ++count) init->wait_for_line("ready");
  init->send(SIGTERM);
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(count_of(outcome.out, "signal 15 "), 3U) << outcome.out;
}

TEST_P(Together, EachSeesItsOwnPidInTheVariablesOfSystemd) {
  // The shell becomes init, so its PID is init's PID.
  const Words wrapper{"sh", "-c", "LISTEN_PID=$$ WATCHDOG_PID=$$ LISTEN_PIDFDID=9 exec \"$@\"", "sh"};
  const std::string print = "echo $$ $LISTEN_PID $WATCHDOG_PID ${LISTEN_PIDFDID-none}; exec sleep 1000";
  Supervised init{GetParam(),
                  {"-t", "--", "sh", "-c", print, "::", "sh", "-c", print},
                  harness::ContainerOptions{},
                  wrapper};
  for (int count = 0; count < 2; ++count) {
    const std::string line = init->read_line();
    const std::string pid = line.substr(0, line.find(' '));
    EXPECT_EQ(line, pid + " " + pid + " " + pid + " none");
  }
  init->send(SIGTERM);
  EXPECT_EQ(init.wait().status, 128 + SIGTERM);
}

TEST_P(Together, SignalsReachEachInEveryScope) {
  for (const char* scope : {"--single-child", "--group", "--all"}) {
    Supervised init{GetParam(), words(std::string{scope} + " -t -- $testprog signals :: $testprog signals")};
    for (int count = 0; count < 2; ++count) init->wait_for_line("ready");
    for (int count = 0; count < 2; ++count) {
      init->send(40, 7);
      for (int receiver = 0; receiver < 2; ++receiver) {
        const std::string line = init->read_line();
        EXPECT_TRUE(line.starts_with("signal 40 ") && line.ends_with("value 7")) << line;
      }
    }
  }
}

TEST_P(Together, EachLeadsItsOwnGroup) {
  Supervised init{GetParam(), words("-t -- $testprog state --wait :: $testprog state --wait")};
  for (int count = 0; count < 2; ++count) init->wait_for_line("ready");
  for (const pid_t program : harness::children_of(init->pid())) EXPECT_EQ(::getpgid(program), program);
}

TEST_P(Together, SeparatorCanBeChosen) {
  for (const char* line : {"--together=++ -- $testprog wait-ms 10 --exit=3 ++ $testprog signals --until=TERM",
                           "-t++ $testprog wait-ms 10 --exit=3 ++ $testprog signals --until=TERM",
                           "--together=++ -- $testprog exit 3 :: more"})
    EXPECT_EQ(Supervised(GetParam(), words(line)).wait().status, 3) << line;
}

TEST_P(Together, VariableDoesTheSame) {
  for (const char* value : {"1", "true", "::"}) {
    harness::Options options;
    options.environment = {std::string{"DISTROLESS_INIT_TOGETHER="} + value};
    Supervised init{GetParam(), words("$testprog wait-ms 10 --exit=3 :: $testprog signals --until=TERM"),
                    options};
    EXPECT_EQ(init.wait().status, 3) << value;
  }
}

TEST_P(Together, SeparatorIsAnArgumentWithoutTheOption) {
  EXPECT_EQ(outcome_of(GetParam(), {"--", "echo", "a", "::", "b"}).out, "a :: b\n");
}

TEST_P(Together, OneThatCannotStartStopsTheRest) {
  for (const char* line :
       {"-t -- $testprog signals --until=TERM :: /no/such", "-t -- /no/such :: $testprog stopper"}) {
    Supervised init{GetParam(), words(line)};
    const Outcome outcome = init.wait();
    EXPECT_EQ(outcome.status, 127) << line;
    EXPECT_EQ(outcome.err, "init: cannot execute /no/such: No such file or directory\n");
  }
}

TEST_P(Together, ProgramThatDoesNotStopWithTheFirstIsKilledAndNamed) {
  harness::Options options;
  options.input = harness::Input::pipe;
  Supervised init{GetParam(),
                  {"-t", "--grace=100ms", "--", harness::testprog(), "ignore", "TERM", "::", "sh", "-c",
                   "read line; exit 4"},
                  options};
  init->wait_for_line("ready");
  init->type("\n");
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 4);
  EXPECT_GE(outcome.elapsed, 100ms);
  EXPECT_TRUE(outcome.err.starts_with("init: killing testprog (PID ")) << outcome.err;
}

TEST_P(Together, AreAtMost32) {
  std::string line = "-t -- true";
  for (int count = 1; count < 32; ++count) line += " :: true";
  EXPECT_EQ(outcome_of(GetParam(), words(line)).status, 0);
  const Outcome outcome = outcome_of(GetParam(), words(line + " :: true"));
  EXPECT_EQ(outcome.status, 125);
  EXPECT_EQ(outcome.err, "init: more than 32 programs\n");
}

}  // namespace
}  // namespace init_test

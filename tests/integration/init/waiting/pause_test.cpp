// Tests init without PROGRAM, as the pause process that keeps a pod's namespaces alive.
#include <signal.h>

#include "harness/proc.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using harness::testprog;

class Pause : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Pause);

TEST_P(Pause, EndsWithStatusZeroOnTermOrInt) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Supervised init{GetParam(), {"--pause"}};
    init.settle();
    init->send(signal);
    const Outcome outcome = init.wait();
    EXPECT_EQ(outcome.status, 0) << signal;
    EXPECT_EQ(outcome.out + outcome.err, "");
  }
}

TEST_P(Pause, OtherSignalsDoNotEndIt) {
  Supervised init{GetParam(), {"-P"}};
  init.settle();
  for (int signal = 1; signal <= 64; ++signal) {
    if (signal == SIGKILL || signal == SIGSTOP || signal == SIGTERM || signal == SIGINT) continue;
    init->send(signal);
  }
  init.settle();
  EXPECT_TRUE(init->running());
  init->send(SIGTERM);
  EXPECT_EQ(init.wait().status, 0);
}

TEST_P(Pause, ReapsInheritedChildren) {
  // Each waits for a line of its own, so none ends before init has started.
  const Words wrapper{"bash", "-c", "exec 3<&0; for i in {1..50}; do (read line <&3) & done; exec \"$@\"",
                      "bash"};
  harness::ContainerOptions options;
  options.process.input = harness::Input::pipe;
  Supervised init{GetParam(), {"--pause", "--warn-reaped"}, options, wrapper};
  init.settle();
  init->type(std::string(50, '\n'));
  for (int count = 0; count < 50; ++count) init->wait_for_line("reaped: bash", harness::Stream::err);
  EXPECT_TRUE(harness::children_of(init->pid()).empty());
}

TEST(PauseOfAPod, ReapsOrphansOfOtherContainers) {
  Supervised init{Place::first_process, {"--pause"}};
  EXPECT_EQ(init.container().exec({testprog(), "orphans", "200", "--leave=0"}).wait().status, 0);
  harness::eventually("nobody is left", [&] { return init.container().members().size() == 1; });
}

TEST_P(Pause, RefusesProgram) {
  EXPECT_EQ(outcome_of(GetParam(), {"--pause", "true"}).err, "init: --pause takes no PROGRAM\n");
  harness::Options options;
  options.environment = {"DISTROLESS_INIT_PAUSE=1"};
  EXPECT_EQ(outcome_of(GetParam(), {"true"}, options).status, 125);
}

}  // namespace
}  // namespace init_test

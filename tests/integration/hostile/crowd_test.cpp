// Tests a limit on processes that is reached, as with an engine's --pids-limit (tests/engine tests that one).
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "harness/proc.hpp"
#include "services.hpp"
#include "supervised.hpp"

namespace hostile_test {
namespace {

using harness::ContainerOptions;
using harness::testprog;
using init_test::Supervised;

constexpr rlim_t processes = 40;

// The limit counts a user's processes on the whole machine and does not apply to root, so the test uses a
// user of its own.
ContainerOptions limited_to(rlim_t most) {
  ContainerOptions options;
  options.users = harness::Users::host;
  options.user = 100'000 + static_cast<unsigned>(::getpid()) % 1'000'000;
  options.process.before_exec = [most] {
    const rlimit both{most, most};
    ::setrlimit(RLIMIT_NPROC, &both);
  };
  return options;
}

class Crowd : public init_test::InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Crowd);

TEST_P(Crowd, LeavesNoRoomForProgramAndInitReportsIt) {
  Supervised init{GetParam(), {"--", testprog(), "exit", "7"}, limited_to(1)};
  const harness::Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 125);
  EXPECT_EQ(outcome.err, "init: cannot start " + testprog() + ": Resource temporarily unavailable\n");
}

TEST_P(Crowd, SignalsAreForwardedAndOrphansReapedAtTheLimit) {
  Supervised init{GetParam(), {"-v", "--", testprog(), "crowd"}, limited_to(processes)};
  const std::string full = init->wait_for_line("full with ");
  EXPECT_TRUE(full.ends_with("Resource temporarily unavailable")) << full;
  const auto others = harness::children_of(init->pid()).size();
  EXPECT_GT(others, processes / 2);
  for (int count = 0; count < 10; ++count) {
    init->send(SIGHUP);
    EXPECT_EQ(init->wait_for_line("signal "), "signal 1");
  }
  for (int round = 0; round < 5; ++round) {
    init->send(SIGUSR1);
    init->wait_for_line("dispersed");
    harness::eventually("all are reaped", [&] { return harness::children_of(init->pid()).size() == 1; });
    init->send(SIGUSR2);
    // As many as before: every place was freed again.
    EXPECT_EQ(init->wait_for_line("full with "), full);
  }
  init->send(SIGTERM);
  EXPECT_EQ(init.wait().status, 0);
}

TEST(HealthcheckInACrowd, NeedsNoProcess) {
  const Services services;
  Supervised init{init_test::Place::first_process, {"--", testprog(), "crowd"}, limited_to(processes)};
  init->wait_for_line("full with ");
  for (const Services::Kind& kind : services.kinds()) {
    expect_verdicts(kind, [&](Words words) {
      words.insert(words.begin(), harness::shipped("healthcheck"));
      return init.container().exec(words, limited_to(0).process).wait();
    });
  }
}

}  // namespace
}  // namespace hostile_test

// Tests both programs in each of the surroundings.
#include <signal.h>

#include <algorithm>
#include <tuple>

#include "harness/proc.hpp"
#include "services.hpp"
#include "supervised.hpp"
#include "surroundings.hpp"

namespace hostile_test {
namespace {

using harness::ContainerOptions;
using harness::testprog;
using init_test::Place;
using init_test::Supervised;

// A container with those surroundings, in whose root the services can be reached.
class Surrounded {
 public:
  explicit Surrounded(const Surroundings& surroundings, const std::string& directory = "/tmp") {
    make_root(root_.path(), directory);
    surroundings.arrange(options_, root_.path());
    if (!options_.root.empty()) options_.mounts.push_back({directory, directory});
  }
  const ContainerOptions& options() const { return options_; }

 private:
  harness::TemporaryDirectory root_;
  ContainerOptions options_;
};

using InitParameter = std::tuple<Surroundings, Place>;

class InitIn : public testing::TestWithParam<InitParameter> {
 protected:
  Supervised start(const Words& arguments) const {
    return {std::get<Place>(GetParam()), arguments, surrounded_.options()};
  }

 private:
  const Surrounded surrounded_{std::get<Surroundings>(GetParam())};
};

TEST_P(InitIn, ForwardsSignals) {
  Supervised init = start({"-v", "--", testprog(), "signals", "--until=TERM"});
  init->wait_for_line("ready");
  init->send(SIGHUP);
  init->wait_for_line("signal 1 ");
  init->send(40, 77);
  EXPECT_TRUE(init->wait_for_line("signal 40 ").ends_with(" value 77"));
  init.settle();
  init->send(SIGTERM);
  const harness::Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.err.ends_with("init: exiting with status 0\n")) << outcome.err;
}

bool is_of_a_reaped_one(const std::string& line) { return line.starts_with("init: reaped: "); }

TEST_P(InitIn, ReapsAndPassesStatusOn) {
  constexpr int orphans = 20;
  Supervised init =
      start({"--warn-reaped", "--", testprog(), "orphans", std::to_string(orphans), "--leave=7"});
  const harness::Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 7);
  EXPECT_EQ(std::ranges::count_if(init_test::lines_of(outcome.err), is_of_a_reaped_one), orphans)
      << outcome.err;
}

TEST_P(InitIn, StopsProcessThatDoesNotStopByItself) {
  Supervised init = start({"--grace=50ms", "--", testprog(), "ignore", "TERM"});
  init->wait_for_line("ready");
  init->send(SIGTERM);
  const harness::Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 128 + SIGKILL);
  EXPECT_TRUE(outcome.err.contains("init: killing ")) << outcome.err;
}

TEST_P(InitIn, ReportsMissingProgram) {
  const harness::Outcome outcome = start({"--", "/no/such"}).wait();
  EXPECT_EQ(outcome.status, 127);
  EXPECT_EQ(outcome.err, "init: cannot execute /no/such: No such file or directory\n");
}

INSTANTIATE_TEST_SUITE_P(Surroundings, InitIn,
                         testing::Combine(testing::ValuesIn(all_surroundings()),
                                          testing::ValuesIn(init_test::places)),
                         [](const auto& i) {
                           return std::string{std::get<Surroundings>(i.param).name} +
                                  init_test::text_of(std::get<Place>(i.param));
                         });

class HealthcheckIn : public testing::TestWithParam<Surroundings> {};

// Like an engine's exec, beside an init in the same surroundings.
TEST_P(HealthcheckIn, TellsHealthyFromUnhealthy) {
  const Services services;
  const Surrounded surrounded{GetParam(), services.directory()};
  Supervised init{Place::first_process, {"--", testprog(), "signals"}, surrounded.options()};
  init->wait_for_line("ready");
  for (const Services::Kind& kind : services.kinds()) {
    expect_verdicts(kind, [&](Words words) {
      words.insert(words.begin(), harness::shipped("healthcheck"));
      return init.container().exec(words, surrounded.options().process).wait();
    });
  }
}

INSTANTIATE_TEST_SUITE_P(Surroundings, HealthcheckIn, testing::ValuesIn(all_surroundings()),
                         [](const auto& i) { return std::string{i.param.name}; });

}  // namespace
}  // namespace hostile_test

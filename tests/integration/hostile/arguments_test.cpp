// Tests the largest number and length of arguments that the kernel passes on.
#include "services.hpp"
#include "supervised.hpp"

namespace hostile_test {
namespace {

using harness::Outcome;
using init_test::outcome_of;

constexpr std::size_t longest = (128 << 10) - 1;  // MAX_ARG_STRLEN, including the terminating NUL
constexpr int many = 20'000;                      // about 128 KB too

class Arguments : public init_test::InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Arguments);

TEST_P(Arguments, ReachProgramUnharmed) {
  const std::string one(longest, 'x');
  EXPECT_EQ(outcome_of(GetParam(), {"--", "printf", "%s", one}).out, one);

  Words command{"--", "printf", "%s\\n"};
  std::string expected;
  for (int number = 0; number < many; ++number) {
    command.push_back("a" + std::to_string(number));
    expected += command.back() + "\n";
  }
  const Outcome outcome = outcome_of(GetParam(), command);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.out == expected) << outcome.out.size() << " bytes";
}

TEST_P(Arguments, WrongOptionOfInitGivesOneMessage) {
  const std::string text(longest - 100, 'x');
  for (const std::string& option : {"--grace=" + text, "--" + text, "-S" + text, "-e1=" + text}) {
    const Outcome outcome = outcome_of(GetParam(), {option, "--", "true"});
    EXPECT_EQ(outcome.status, 125);
    EXPECT_EQ(init_test::lines_of(outcome.err).size(), 1U) << outcome.err;
    EXPECT_TRUE(outcome.err.contains("xxx...")) << outcome.err;
  }
  const Outcome outcome = outcome_of(GetParam(), {"--", "/" + text});
  EXPECT_EQ(outcome.status, 126);
  EXPECT_TRUE(outcome.err.ends_with("xxx...: File name too long\n")) << outcome.err;
}

TEST(HealthcheckArguments, TooLongIsReported) {
  const Services services;
  for (const Services::Kind& kind : services.kinds()) {
    const bool named_by_port = std::string{kind.name} == "tcp";
    for (const std::size_t size : {4090U, 5000U, 8192U, 130'000U}) {
      SCOPED_TRACE(std::string{kind.name} + ", " + std::to_string(size));
      const Outcome outcome = healthcheck_test::probe({kind.well + "/" + std::string(size, 'x')});
      // tcp:// ignores everything after the port.
      if (named_by_port && size < 8000)
        healthcheck_test::expect_healthy(outcome);
      else
        healthcheck_test::expect_unhealthy(outcome, "xxx...: ");
      EXPECT_TRUE(outcome.err.empty() || outcome.err.ends_with("too long\n")) << outcome.err;
    }
  }
}

TEST(HealthcheckArguments, TooLongForTheRequestIsReportedNotTruncated) {
  using namespace std::chrono_literals;
  harness::Server server{harness::Listener::ipv4(),
                         healthcheck_test::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")};
  // Target and request share one buffer; once a length no longer fits, no greater length fits.
  bool fits = true;
  for (std::size_t size = 3900; size < 4100; ++size) {
    const Outcome outcome = healthcheck_test::probe({"-t1h", server.url("/" + std::string(size, 'x'))});
    EXPECT_TRUE(fits || outcome.status == 1) << size;
    fits = outcome.status == 0;
    if (!fits) healthcheck_test::expect_unhealthy(outcome, "xxx...: request too long");
  }
  EXPECT_FALSE(fits);
  server.wait_for_ended(server.connections());
  EXPECT_FALSE(server.received().contains("xHTTP"));
  EXPECT_GT(server.connections(), 0);
}

TEST(HealthcheckArguments, EveryTargetIsProbed) {
  const Services services;
  const Services::Kind file = services.kinds()[4];
  Words targets(2'000, file.well);
  healthcheck_test::expect_healthy(healthcheck_test::probe(targets));
  targets.push_back(file.ill);
  healthcheck_test::expect_unhealthy(healthcheck_test::probe(targets), file.words);
}

}  // namespace
}  // namespace hostile_test

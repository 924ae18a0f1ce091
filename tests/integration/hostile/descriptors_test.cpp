// Tests healthcheck with descriptors that are closed, exhausted or useless. (init: start_test.cpp,
// messages_test.cpp.)
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "harness/terminal.hpp"
#include "integration/streams.hpp"
#include "services.hpp"
#include "supervised.hpp"

namespace hostile_test {
namespace {

using harness::Options;
using harness::Outcome;
using harness::testprog;

Outcome probe(const std::string& target, Options options) {
  options.base = harness::Environment::empty;
  options.environment = {harness::unhurried};
  return harness::run({harness::shipped("healthcheck"), target}, options);
}

bool is_open(int closed, int descriptor) { return (closed >> descriptor & 1) == 0; }

Options with_closed(int closed) {
  Options options;
  options.before_exec = [closed] {
    for (int descriptor = 0; descriptor < 3; ++descriptor) {
      if (!is_open(closed, descriptor)) ::close(descriptor);
    }
  };
  return options;
}

TEST(HealthcheckWithDescriptors, ClosedStillGivesTheRightVerdict) {
  const Services services;
  for (int closed = 1; closed < 8; ++closed) {
    for (const Services::Kind& kind : services.kinds()) {
      SCOPED_TRACE(std::string{kind.name} + ", closed: " + std::to_string(closed));
      healthcheck_test::expect_healthy(probe(kind.well, with_closed(closed)));
      const Outcome ill = probe(kind.ill, with_closed(closed));
      EXPECT_EQ(ill.status, 1);
      EXPECT_EQ(ill.out, "");
      EXPECT_EQ(ill.err.contains(kind.words), is_open(closed, STDERR_FILENO)) << ill.err;
    }
  }
}

TEST(HealthcheckWithDescriptors, ClosedSendsNoMessageToTheService) {
  Services services;
  // All of them are closed, so the socket gets the number of one of them.
  for (const int closed : {4, 5, 6, 7}) {
    for (const Services::Kind& kind : services.kinds()) probe(kind.ill, with_closed(closed));
  }
  harness::eventually("the requests have come", [&] { return services.received().contains("GET / "); });
  EXPECT_FALSE(services.received().contains("healthcheck: ")) << services.received();
}

TEST(HealthcheckWithDescriptors, ExhaustedIsReported) {
  const Services services;
  Options options;
  options.before_exec = [] {
    const rlimit three{3, 3};
    ::setrlimit(RLIMIT_NOFILE, &three);
  };
  for (const Services::Kind& kind : services.kinds()) {
    SCOPED_TRACE(kind.name);
    if (kind.has_descriptor)
      healthcheck_test::expect_unhealthy(probe(kind.well, options), ": Too many open files");
    else
      healthcheck_test::expect_healthy(probe(kind.well, options));
  }
}

void expect_status_alone(const Services& services, const Options& options) {
  for (const Services::Kind& kind : services.kinds()) {
    SCOPED_TRACE(kind.name);
    for (const bool well : {true, false}) {
      const Outcome outcome = probe(well ? kind.well : kind.ill, options);
      EXPECT_EQ(outcome.status, well ? 0 : 1);
      EXPECT_EQ(outcome.signal, 0);
      EXPECT_EQ(outcome.out, "");
    }
  }
  EXPECT_EQ(probe("nonsense", options).status, 1);
}

TEST(HealthcheckWithDescriptors, UselessStderrNeitherBlocksNorKills) {
  const Services services;
  for (const integration::Stream& stream : integration::useless_streams()) {
    SCOPED_TRACE(stream.name);
    const harness::Descriptor error = stream.open();
    Options options;
    options.error_descriptor = error.get();
    expect_status_alone(services, options);
  }
}

TEST(HealthcheckWithDescriptors, FileSizeLimitDoesNotKill) {
  using harness::operator/;
  const Services services;
  const harness::TemporaryDirectory directory;
  const harness::Descriptor file = harness::open_file(directory / "log", O_WRONLY | O_CREAT);
  Options options;
  options.error_descriptor = file.get();
  options.before_exec = [] {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_FSIZE, &none);
  };
  expect_status_alone(services, options);
  EXPECT_EQ(harness::read_file(directory / "log"), "");
}

// The terminal is in somebody else's foreground and stops processes that write to it (stty tostop).
TEST(HealthcheckWithDescriptors, BackgroundOfTerminalDoesNotStopIt) {
  harness::Terminal terminal;
  const std::string job = harness::shipped("healthcheck") + " file:///none";
  const harness::Process shell =
      terminal.start({"sh", "-mc", "stty tostop; " + job + " & wait $!; echo status $?"});
  terminal.expect("status 1\r\n");
}

// There is room only for standard input, output and error, which init keeps. It kills without looking into
// /proc then, and cannot name what it kills.
class InitWithDescriptors : public init_test::InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(InitWithDescriptors);

TEST_P(InitWithDescriptors, ExhaustedDoesNotPreventAnyWork) {
  Options options;
  options.before_exec = [] {
    const rlimit three{3, 3};
    ::setrlimit(RLIMIT_NOFILE, &three);
  };
  init_test::Supervised init{
      GetParam(), {"-w", "--all", "--grace=50ms", "--", testprog(), "ignore", "TERM"}, options};
  init->wait_for_line("ready");
  init->send(SIGTERM);
  const Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 137);
  EXPECT_TRUE(outcome.err.contains("init: killing the remaining processes")) << outcome.err;
  // Shows that the limit is in force: a dynamic program cannot be loaded.
  EXPECT_EQ(init_test::outcome_of(GetParam(), {"--", "/bin/true"}, options).status, 127);
}

}  // namespace
}  // namespace hostile_test

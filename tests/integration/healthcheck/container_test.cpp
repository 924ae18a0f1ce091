// Tests what healthcheck does inside a container: names of /etc/hosts, which the engine writes, and the
// signal of --on-failure to PID 1.
#include "harness/container.hpp"

#include <signal.h>

#include "harness/files.hpp"
#include "probing.hpp"

namespace healthcheck_test {
namespace {

using harness::Container;
using harness::operator/;

// A container with its own loopback, in which testprog's application listens on port 8080.
class InContainer : public testing::Test {
 protected:
  Container start(const Words& init, const Words& application = {}) {
    harness::write_file(directory_ / "hosts",
                        "127.0.0.1 localhost\n::1 localhost ip6-localhost\n"
                        "# 127.0.0.1 commented\n"
                        "127.0.0.7\tweb-1.example  web-1 # its own name\n"
                        "::1 twice\n127.0.0.1 twice\n192.0.2.1 elsewhere\n");
    options_.network = harness::Network::own;
    options_.mounts = {{directory_ / "hosts", "/etc/hosts"}};
    Words command = init;
    command.insert(command.end(), {harness::testprog(), "app", "8080"});
    command.insert(command.end(), application.begin(), application.end());
    Container container{command, options_};
    container.init().wait_for_line("ready");
    return container;
  }

  Outcome probe_in(Container& container, Words arguments) {
    arguments.insert(arguments.begin(), harness::shipped("healthcheck"));
    return container.exec(arguments, {.environment = {harness::unhurried}}).wait();
  }

  harness::TemporaryDirectory directory_;
  harness::ContainerOptions options_;
};

TEST_F(InContainer, NamesOfEtcHostsAreProbed) {
  Container container = start({harness::shipped("init")});
  for (const char* target : {"http://web-1:8080/healthz", "WEB-1.example:8080/healthz", "tcp://twice:8080"})
    expect_healthy(probe_in(container, {"--wait=1h", "--interval=10ms", target}));
}

TEST_F(InContainer, NamesThatAreNotOfThisHostAreRefused) {
  Container container = start({harness::shipped("init")});
  expect_unhealthy(probe_in(container, {"http://elsewhere:8080/"}), "not an address of this host");
  for (const char* target : {"http://commented:8080/", "http://web-2:8080/", "http://web-1.example.org/"})
    expect_unhealthy(probe_in(container, {target}), "neither localhost, an address nor a name in /etc/hosts");
}

TEST_F(InContainer, OnFailureStopsPidOne) {
  Container container = start({harness::shipped("init")}, {"--exit=7"});
  expect_healthy(probe_in(container, {"--on-failure=TERM", ":8080/healthz"}));
  expect_unhealthy(probe_in(container, {"--on-failure=TERM", ":8080/status?code=503"}), "503");
  EXPECT_EQ(container.wait().status, 7);
  EXPECT_TRUE(container.init().out().contains("stopping")) << container.init().out();
}

TEST_F(InContainer, OnFailureWaitsForTheEndOfWait) {
  Container container = start({harness::shipped("init")}, {"--failing"});
  // The application is told to recover while the probe waits, so no signal is sent.
  harness::Process waiting = container.exec({harness::shipped("healthcheck"), "--wait=1h", "--interval=10ms",
                                             "--on-failure=TERM", ":8080/healthz"});
  expect_healthy(probe_in(container, {":8080/recover"}));
  EXPECT_EQ(waiting.wait().status, 0);
  expect_healthy(probe_in(container, {":8080/healthz"}));
}

TEST_F(InContainer, OnFailureAsPidOneSignalsNobody) {
  options_.network = harness::Network::own;
  const Outcome outcome = harness::run_as_init(
      {harness::shipped("healthcheck"), "--on-failure=TERM", "tcp://127.0.0.1:1"}, options_);
  expect_unhealthy(outcome, "connection refused");
}

}  // namespace
}  // namespace healthcheck_test

// Tests healthcheck-remote with another host over a wire, by name and by address, and that healthcheck
// reaches neither.
#include <filesystem>

#include "harness/container.hpp"
#include "harness/files.hpp"
#include "integration/confined.hpp"
#include "probing.hpp"

namespace healthcheck_test {
namespace {

class Remote : public testing::Test {
 protected:
  Remote() {
    harness::write_file(directory_ / "resolv.conf",
                        "nameserver 127.0.0.1\nsearch cluster.test\noptions ndots:5 timeout:1 attempts:1\n");
    harness::write_file(directory_ / "hosts", "127.0.0.1 localhost\n10.77.0.2 listed.test\n");
    harness::ContainerOptions options;
    options.network = harness::Network::own;
    options.rights = harness::Rights::kept;  // to build the second host
    options.user = 0;
    options.mounts = {{directory_ / "resolv.conf", "/etc/resolv.conf"}, {directory_ / "hosts", "/etc/hosts"}};
    hosts_.emplace(Words{harness::shipped("init"), "--", "sh", SOURCES "/two_hosts.sh", SOURCES}, options);
    hosts_->init().wait_for_line("ready");
    EXPECT_EQ(remote({"--wait=1h", "--interval=20ms", "tcp://10.77.0.2:8080"}).status, 0);
  }

  Outcome run(const std::string& program, Words arguments, const Words& environment = {}) {
    arguments.insert(arguments.begin(), program);
    return hosts_->exec(arguments, {.environment = environment}).wait();
  }
  Outcome remote(const Words& arguments, const Words& environment = {}) {
    return run(REMOTE, arguments, environment);
  }
  void expect_line(const Words& arguments, const std::string& words) {
    const Outcome outcome = remote(arguments);
    EXPECT_EQ(outcome.status, 1);
    EXPECT_TRUE(outcome.err.starts_with("healthcheck-remote: " + arguments.back() + ": " + words))
        << outcome.err;
  }

  harness::TemporaryDirectory directory_;
  std::optional<harness::Container> hosts_;
};

TEST_F(Remote, ReachesOtherHostUnlikeHealthcheck) {
  for (const char* target : {"http://10.77.0.2:8080/", "http://[fd77::2]:8080/", "tcp://10.77.0.2:8080",
                             "http://service.test:8080/", "http://six.test:8080/", "http://both.test:8080/",
                             "http://listed.test:8080/", "tcp://service.test:8080", "http://app:8080/",
                             "http://second.test:8080/", "http://SERVICE.test:8080/"}) {
    const Outcome outcome = remote({target});
    EXPECT_EQ(outcome.status, 0) << target << outcome.err;
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(run(harness::shipped("healthcheck"), {target}).status, 1) << target;
  }
  EXPECT_EQ(
      run(harness::shipped("healthcheck"), {"http://service.test:8080/"}).err,
      "healthcheck: http://service.test:8080/: neither localhost, an address nor a name in /etc/hosts\n");
}

TEST_F(Remote, GivesReasonWhyNameCannotBeUsed) {
  expect_line({"http://nowhere.test:8080/"}, "no such name\n");
  expect_line({"--timeout=20s", "tcp://failing.test:80"}, "no name server answers\n");
  expect_line({"http://nobody.test:8080/"}, "connection refused\n");
  expect_line({"http://second.test:8081/"}, "connection refused (2 addresses)\n");
  expect_line({"grpc://service.test:8080"}, "not HTTP/2 (");
  expect_line({"--timeout=300ms", "http://garbage.test:8080/"}, "no answer within 300ms (resolving)\n");
  expect_line({"http://224.0.0.1/"}, "");
}

TEST_F(Remote, ResolvesUnderTheDeadline) {
  const Outcome outcome = remote({"--timeout=300ms", "http://silent.test:8080/"});
  EXPECT_EQ(outcome.err,
            "healthcheck-remote: http://silent.test:8080/: no answer within 300ms (resolving)\n");
  EXPECT_LE(outcome.elapsed, 300ms + slack());
  // The next attempt behaves like the first.
  EXPECT_EQ(remote({"--timeout=200ms", "--wait=1h", "--interval=20ms", "http://late.test:8080/"}).status, 0);
}

TEST_F(Remote, ReferenceGivesItsSize) {
  const std::string size = std::to_string((std::filesystem::file_size(REMOTE) + 1023) / 1024);
  EXPECT_TRUE(harness::read_file(REFERENCE).contains("makes it " + size + " KB large"));
}

TEST_F(Remote, StaysWithinItsAllowList) {
  const std::string trace = directory_ / "trace";
  for (const char* target :
       {"http://both.test:8080/", "tcp://service.test:8080", "http://nowhere.test:8080/"}) {
    const Outcome outcome = run("strace", {"-qq", "-o", trace, REMOTE, target});
    EXPECT_TRUE(integration::calls_after_filter(harness::read_file(trace)).contains("exit_group"))
        << outcome.err;
  }
}

TEST_F(Remote, LocalhostNeedsNoResolverAndProxiesAreIgnored) {
  const Words proxies{"http_proxy=http://127.0.0.1:9/", "HTTP_PROXY=http://127.0.0.1:9/",
                      "ALL_PROXY=http://127.0.0.1:9/"};
  EXPECT_EQ(remote({"http://service.test:8080/"}, proxies).status, 0);
  const std::string trace = directory_ / "trace";
  run("strace", {"-qq", "-o", trace, REMOTE, "http://localhost:8080/"});
  EXPECT_FALSE(harness::read_file(trace).contains("/etc/hosts"));
  const Outcome outcome = remote({"--user=probe:secret", "http://nobody.test:8080/"});
  EXPECT_FALSE(outcome.err.contains("secret"));
}

// That build makes no healthcheck-tls either, and the release does: neither changes healthcheck.
TEST(RemoteBuild, LeavesHealthcheckUnchanged) {
  EXPECT_EQ(harness::read_file(REMOTE_BUILD "/bin/healthcheck"),
            harness::read_file(harness::shipped("healthcheck")));
  const Outcome help = harness::run({REMOTE, "--help"});
  EXPECT_TRUE(help.out.starts_with("Usage: healthcheck-remote [OPTION]")) << help.out;
  EXPECT_TRUE(harness::run({REMOTE, "--version"}).out.starts_with("healthcheck-remote "));
}

}  // namespace
}  // namespace healthcheck_test

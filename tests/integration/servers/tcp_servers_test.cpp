// Tests healthcheck with servers that do not speak HTTP: databases, caches, OpenSSH.
#include <gtest/gtest.h>

#include "databases/cluster.hpp"
#include "harness/files.hpp"
#include "harness/process.hpp"
#include "harness/programs.hpp"
#include "installed.hpp"

namespace servers {
namespace {

using harness::Container;
using harness::Outcome;
using programs::installed;
using programs::Words;

Outcome probe(Container& container, Words arguments) {
  arguments.insert(arguments.begin(), harness::shipped("healthcheck"));
  return container.exec(arguments, {.environment = {harness::unhurried}}).wait();
}

void expect_healthy(Container& container, const Words& arguments) {
  const Outcome outcome = probe(container, arguments);
  EXPECT_EQ(outcome.status, 0) << testing::PrintToString(arguments) << outcome.err;
  EXPECT_EQ(outcome.err, "");
}

void expect_unhealthy(Container& container, const Words& arguments, const std::string& line) {
  const Outcome outcome = probe(container, arguments);
  EXPECT_EQ(outcome.status, 1) << testing::PrintToString(arguments);
  EXPECT_TRUE(outcome.err.starts_with("healthcheck: " + arguments.back() + ": " + line)) << outcome.err;
}

void wait_for(Container& container, const std::string& target) {
  const Outcome gate = probe(container, {"--wait=1h", "--interval=20ms", target});
  ASSERT_EQ(gate.status, 0) << gate.err << container.init().err();
}

TEST(TcpServers, Redis) {
  const harness::TemporaryDirectory directory;
  Container redis = programs::under_init(
      {}, {installed("redis-server"), "--bind", "127.0.0.1", "::1", "--port", "6379", "--requirepass",
           "secret", "--unixsocket", directory / "socket", "--dir", directory.path(), "--save", ""});
  wait_for(redis, "tcp://localhost:6379");
  for (const std::string& target : {std::string{"tcp://127.0.0.1:6379"}, std::string{"tcp://[::1]:6379"},
                                    "unix://" + (directory / "socket").string()}) {
    expect_healthy(redis, {target});
    expect_healthy(redis, {"--send=AUTH secret\\r\\nPING\\r\\n", "--expect=+PONG", target});
    expect_healthy(redis, {"--send=PING\\r\\n", "--expect=-NOAUTH", target});
    const harness::Limit limit{std::chrono::milliseconds{150}};
    expect_unhealthy(redis, {"--timeout=" + limit.text(), "--send=PING\\r\\n", "--expect=+PONG", target},
                     "an answer came, but not the expected text within " + limit.text());
    expect_unhealthy(redis, {"--send=QUIT\\r\\n", "--expect=+PONG", target},
                     "an answer came, but not the expected text (");
  }
}

TEST(TcpServers, Memcached) {
  Container memcached =
      programs::under_init({}, {installed("memcached"), "-l", "127.0.0.1,::1", "-p", "11211", "-U", "0"});
  wait_for(memcached, "tcp://127.0.0.1:11211");
  for (const char* target : {"tcp://127.0.0.1:11211", "tcp://[::1]:11211", "tcp://localhost:11211"}) {
    expect_healthy(memcached, {target});
    expect_healthy(memcached, {"--send=version\\r\\n", "--expect=VERSION 1.", target});
    expect_unhealthy(memcached, {"--send=quit\\r\\n", "--expect=VERSION", target},
                     "closed before the expected text came");
  }
}

TEST(TcpServers, OpenSshsBanner) {
  const harness::TemporaryDirectory directory;
  const std::string key = directory / "key";
  ASSERT_EQ(harness::run({installed("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", key}).status, 0);
  Container sshd = programs::under_init({}, {installed("sshd"), "-D", "-e", "-f", "/dev/null", "-h", key,
                                             "-o", "ListenAddress=127.0.0.1:2222", "-o", "PidFile=none"});
  wait_for(sshd, "tcp://127.0.0.1:2222");
  expect_healthy(sshd, {"--expect=SSH-2.0-OpenSSH", "tcp://127.0.0.1:2222"});
  expect_healthy(sshd, {"tcp://localhost:2222"});
  const harness::Limit limit{std::chrono::milliseconds{150}};
  expect_unhealthy(sshd, {"--timeout=" + limit.text(), "--expect=220 smtp", "tcp://127.0.0.1:2222"},
                   "an answer came, but not the expected text within " + limit.text());
  expect_unhealthy(sshd, {"http://127.0.0.1:2222/"}, "malformed status line");
}

TEST(TcpServers, Postgres) {
  const programs::Cluster cluster{"127.0.0.1,::1"};
  Container postgres = cluster.start_server(programs::Parent::init);
  wait_for(postgres, "tcp://127.0.0.1:5432");
  const std::string path = "unix://" + cluster.socket();
  // SSLRequest, the first message of the protocol: this server has no TLS and answers N.
  const std::string request = "--send=\\0\\0\\0\\x08\\x04\\xd2\\x16\\x2f";
  for (const std::string& target : {std::string{"tcp://127.0.0.1:5432"}, std::string{"tcp://localhost:5432"},
                                    std::string{"tcp://[::1]:5432"}, path}) {
    expect_healthy(postgres, {target});
    expect_healthy(postgres, {request, "--expect=N", target});
  }
  expect_unhealthy(postgres, {"tcp://127.0.0.1:5433"}, "connection refused");
}

}  // namespace
}  // namespace servers

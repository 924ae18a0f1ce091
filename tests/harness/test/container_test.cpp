#include "harness/container.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <optional>
#include <string>

#include "harness/files.hpp"
#include "harness/proc.hpp"

namespace harness {
namespace {

const std::string no_capabilities = "0000000000000000";

// Leaves a process that ends while PID 1 is `cat`, which reaps nothing; then reads until its input ends.
const std::vector<std::string> negligent = {
    "sh", "-c", "(until grep -q cat /proc/1/comm; do :; done)& echo ready; exec cat"};

ContainerOptions talkative() {
  ContainerOptions options;
  options.process.input = Input::pipe;
  return options;
}

void expect_restricted(pid_t pid) {
  for (const char* set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
    EXPECT_EQ(status_field(pid, set), no_capabilities) << set;
  }
  EXPECT_EQ(status_field(pid, "NoNewPrivs"), "1");
}

void expect_container(const ContainerOptions& options) {
  Container container{negligent, options};
  container.init().wait_for_line("ready");
  EXPECT_EQ(inner_pid_of(container.pid()), 1);
  expect_restricted(container.pid());
  eventually("PID 1 and a zombie",
             [&] { return container.zombies() == 1 && container.members().size() == 2; });

  Process other = container.exec({"sleep", "1000"});
  expect_restricted(other.pid());
  EXPECT_EQ(container.outer_pid(inner_pid_of(other.pid())), other.pid());
  EXPECT_EQ(container.exec({"sh", "-c", "id -u; echo $PPID; cat /proc/1/comm"}).wait().out,
            "65532\n0\ncat\n");

  container.init().close_input();
  EXPECT_EQ(container.wait().status, 0);
  EXPECT_EQ(other.wait().signal, SIGKILL);
}

TEST(Container, IsUnprivilegedInUserNamespaces) { expect_container(talkative()); }

TEST(Container, IsUnprivilegedWithEveryNamespace) {
  ContainerOptions options = talkative();
  options.network = Network::own;
  options.own_ipc_and_names = true;
  expect_container(options);
}

TEST(Container, IsUnprivilegedAsRealUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user without a user namespace";
  ContainerOptions options = talkative();
  options.users = Users::host;
  expect_container(options);
}

TEST(Container, OwnNetworkIsOnlyLoopback) {
  ContainerOptions options;
  options.network = Network::own;
  const std::string devices = run_as_init({"cat", "/proc/net/dev"}, options).out;
  EXPECT_TRUE(devices.contains("lo:")) << devices;
  EXPECT_FALSE(devices.contains("eth")) << devices;
}

TEST(Container, RootIsWritableOnlyOnRequest) {
  const TemporaryDirectory directory;
  for (const char* name : {"proc", "tmp", "usr"}) std::filesystem::create_directory(directory / name);
  for (const char* name : {"bin", "lib", "lib64"}) {
    std::filesystem::create_directory_symlink(std::string{"usr/"} + name, directory / name);
  }
  ContainerOptions options;
  options.root = directory.path();
  options.mounts = {{"", "/tmp"}, {"/usr", "/usr"}};
  const Outcome outcome =
      run_as_init({"sh", "-c", "echo yes > /tmp/file; cat /tmp/file; echo > /file"}, options);
  EXPECT_EQ(outcome.out, "yes\n");
  EXPECT_TRUE(outcome.err.contains("Read-only file system")) << outcome.err;
}

TEST(Container, EndsWithItsObjectWhoeverIsInIt) {
  std::optional<Process> other;
  pid_t pid = 0;
  {
    Container container{{"sleep", "1000"}};
    pid = container.pid();
    other.emplace(container.exec({"sleep", "1000"}));
  }
  EXPECT_EQ(state_of(pid), '\0');
  EXPECT_EQ(other->wait().signal, SIGKILL);
}

}  // namespace
}  // namespace harness

// Tests nginx under init: the signals of nginx(8), and its workers.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>

#include "client.hpp"
#include "harness/proc.hpp"
#include "nginx.hpp"
#include "slow_application.hpp"

namespace programs {
namespace {

using harness::Container;
using harness::eventually;
using harness::Stream;

// init, the master and its two workers.
constexpr std::size_t all_members = 4;

std::string wait_for_message(Container& container, std::string_view text) {
  return container.init().wait_for_line(text, Stream::err);
}

Container start(const Nginx& nginx, const Words& options = {}) {
  Container container = under_init(options, nginx.command());
  wait_for_message(container, "start worker process ");
  wait_for_message(container, "start worker process ");
  return container;
}

void expect_answer(const Nginx& nginx, const std::string& answer) {
  eventually("the answer is " + answer, [&] { return get(nginx.socket()) == answer; });
}

TEST(Nginx, SighupReloadsItsConfiguration) {
  const Nginx nginx;
  Container container = start(nginx);
  const pid_t master = program_in(container);
  expect_answer(nginx, "one");
  nginx.configure("two");
  EXPECT_EQ(get(nginx.socket()), "one");
  container.init().send(SIGHUP);
  expect_answer(nginx, "two");
  EXPECT_TRUE(wait_for_message(container, "(SIGHUP)").ends_with("received from 1, reconfiguring"));
  EXPECT_EQ(program_in(container), master);
}

TEST(Nginx, LeavesNoZombieThroughFiftyReloads) {
  const Nginx nginx;
  Container container = start(nginx);
  const pid_t master = program_in(container);
  for (int reload = 0; reload < 50; ++reload) {
    nginx.configure("after reload " + std::to_string(reload));
    container.init().send(SIGHUP);
    wait_for_message(container, "reconfiguring");
    expect_answer(nginx, "after reload " + std::to_string(reload));
  }
  expect_members(container, all_members);
  EXPECT_EQ(program_in(container), master);
  container.init().send(SIGTERM);
  EXPECT_EQ(container.wait().status, 0);
}

TEST(Nginx, Sigusr1ReopensItsLogs) {
  const Nginx nginx;
  Container container = start(nginx);
  get(nginx.socket(), "/before");
  const std::string rotated = nginx.access_log() + ".1";
  std::filesystem::rename(nginx.access_log(), rotated);
  get(nginx.socket(), "/between");
  container.init().send(SIGUSR1);
  // The master creates the file; each worker follows once the master has sent it a message.
  for (int process = 0; process < 3; ++process) wait_for_message(container, "reopening logs");
  eventually("the new log is written to", [&] {
    get(nginx.socket(), "/after");
    return harness::read_file(nginx.access_log()).contains("/after");
  });
  EXPECT_TRUE(harness::read_file(rotated).contains("/before"));
  EXPECT_TRUE(harness::read_file(rotated).contains("/between"));
  EXPECT_FALSE(harness::read_file(nginx.access_log()).contains("/between"));
}

// A request that is waiting for its answer when SIGTERM comes.
class NginxStop : public testing::Test {
 protected:
  Client slow_request() {
    Client client{nginx_.socket()};
    client.ask_for("/slow");
    application_.wait_for_request();
    return client;
  }

  Nginx nginx_;
  SlowApplication application_{nginx_.application()};
};

TEST_F(NginxStop, SigquitForSigtermFinishesRequestFirst) {
  Container container = start(nginx_, {"--rewrite=TERM:QUIT"});
  Client client = slow_request();
  container.init().send(SIGTERM);
  wait_for_message(container, "gracefully shutting down");
  eventually("new requests are refused", [&] { return !listens(nginx_.socket()); });
  EXPECT_TRUE(container.init().running());
  application_.answer();
  EXPECT_EQ(client.body(), "late");
  EXPECT_EQ(container.wait().status, 0);
}

// Negative control: the same without the rewriting.
TEST_F(NginxStop, SigtermItselfCutsRequestOff) {
  Container container = start(nginx_);
  Client client = slow_request();
  container.init().send(SIGTERM);
  EXPECT_EQ(container.wait().status, 0);
  application_.answer();
  EXPECT_EQ(client.body(), "");
}

TEST(Nginx, SigwinchReachesItInTheForegroundAndIsIgnoredThere) {
  const Nginx nginx;
  Container container = start(nginx);
  const pid_t master = program_in(container);
  const std::vector<pid_t> workers = harness::children_of(master);
  container.init().send(SIGWINCH);
  // ngx_signal_handler() acts on it only in a daemon: in the foreground a resized terminal sends it.
  EXPECT_TRUE(wait_for_message(container, "(SIGWINCH)").ends_with("received from 1"));
  expect_answer(nginx, "one");
  EXPECT_EQ(harness::children_of(master), workers);
}

// An inherited list of sockets, even an empty one, makes nginx believe that it is the new half of a daemon's
// upgrade. It therefore honours SIGWINCH though it stays in the foreground.
TEST(Nginx, SigwinchRetiresWorkersIfNginxHonoursIt) {
  const Nginx nginx;
  harness::ContainerOptions options = secluded();
  options.process.environment = {"NGINX="};
  Container container = under_init({}, nginx.command(), options);
  expect_answer(nginx, "one");
  container.init().send(SIGWINCH);
  EXPECT_TRUE(wait_for_message(container, "(SIGWINCH)").ends_with("stop accepting connections"));
  const pid_t master = program_in(container);
  eventually("the workers have retired", [&] { return harness::children_of(master).empty(); });
  expect_members(container, 2);
  container.init().send(SIGHUP);
  expect_answer(nginx, "one");
  expect_members(container, all_members);
}

// The daemon's master is neither a child of PROGRAM nor in its group or session: only --all reaches it.
TEST(Nginx, SigwinchToAllRetiresWorkersOfDaemon) {
  const Nginx nginx{Daemon::on};
  Words shell{installed("bash"), "-c", "\"$@\" && exec sleep 1000", "bash"};
  for (const std::string& word : nginx.command()) shell.push_back(word);
  Container container = under_init({"--all"}, shell);
  expect_answer(nginx, "one");
  constexpr std::size_t with_sleep = all_members + 1;
  expect_members(container, with_sleep);
  container.init().send(SIGWINCH);
  expect_members(container, with_sleep - 2);
  container.init().send(SIGTERM);
  EXPECT_EQ(container.wait().status, 128 + SIGTERM);
}

}  // namespace
}  // namespace programs

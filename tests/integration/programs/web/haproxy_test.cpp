// Tests HAProxy under init in master-worker mode: reload and soft stop.
#include <gtest/gtest.h>
#include <signal.h>

#include <optional>

#include "client.hpp"
#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "installed.hpp"
#include "slow_application.hpp"

namespace programs {
namespace {

using harness::Container;
using harness::eventually;
using harness::Stream;

// init, the master and its worker.
constexpr std::size_t all_members = 3;

class Haproxy {
 public:
  Haproxy() { configure("one"); }

  // The answer of / after the next (re)start. /slow is proxied to `application()`.
  void configure(const std::string& answer) const {
    harness::write_file(directory_ / "haproxy.cfg",
                        "global\n  nbthread 1\n"
                        "defaults\n  mode http\n"
                        "  timeout connect 30s\n  timeout client 30s\n  timeout server 30s\n"
                        "frontend web\n  bind unix@" +
                            socket() +
                            "\n"
                            "  http-request return status 200 content-type text/plain string \"" +
                            answer +
                            "\" unless { path /slow }\n"
                            "  default_backend application\n"
                            "backend application\n  server application unix@" +
                            application() + "\n");
  }

  Words command() const { return {installed("haproxy"), "-W", "-f", directory_ / "haproxy.cfg"}; }
  std::string socket() const { return directory_ / "web"; }
  std::string application() const { return directory_ / "application"; }

 private:
  harness::TemporaryDirectory directory_;
};

// When the worker answers, the master is about to execute itself once more, to wait in less memory, and drops
// the signals that come in the meantime. It accepts them once it has set up handlers: SIGUSR2 is ignored
// until then.
Container start(const Haproxy& haproxy) {
  Container container = under_init({}, haproxy.command());
  container.init().wait_for_line("Loading success", Stream::err);
  const pid_t master = program_in(container);
  eventually("the master handles signals",
             [&] { return harness::contains(harness::signal_set(master, "SigCgt"), SIGUSR2); });
  return container;
}

void expect_answer(const Haproxy& haproxy, const std::string& answer) {
  eventually("the answer is " + answer, [&] { return get(haproxy.socket()) == answer; });
}

pid_t worker_of(pid_t master) { return harness::children_of(master).at(0); }

std::string command_line_of(pid_t pid) {
  return harness::read_file("/proc/" + std::to_string(pid) + "/cmdline");
}

TEST(Haproxy, Sigusr2ReloadsByExecutingItselfAgain) {
  const Haproxy haproxy;
  Container container = start(haproxy);
  expect_answer(haproxy, "one");
  const pid_t master = program_in(container);
  // The worker runs the file that its master had executed: after a reload, this is the old worker that must
  // finish.
  EXPECT_FALSE(command_line_of(worker_of(master)).contains("-sf"));
  haproxy.configure("two");
  container.init().send(SIGUSR2);
  expect_answer(haproxy, "two");
  expect_members(container, all_members);
  EXPECT_EQ(program_in(container), master);
  EXPECT_TRUE(command_line_of(worker_of(master)).contains("-sf"));
}

// A request that is waiting for its answer when the signal comes.
class HaproxyInRequest : public testing::Test {
 protected:
  HaproxyInRequest() {
    expect_answer(haproxy_, "one");
    client_.emplace(haproxy_.socket());
    client_->ask_for("/slow");
    application_.wait_for_request();
  }

  Haproxy haproxy_;
  SlowApplication application_{haproxy_.application()};
  Container container_ = start(haproxy_);
  std::optional<Client> client_;
};

TEST_F(HaproxyInRequest, ReloadLetsOldWorkerFinish) {
  haproxy_.configure("two");
  container_.init().send(SIGUSR2);
  expect_answer(haproxy_, "two");
  expect_members(container_, all_members + 1);
  application_.answer();
  EXPECT_EQ(client_->body(), "late");
  expect_members(container_, all_members);
}

TEST_F(HaproxyInRequest, Sigusr1StopsSoftly) {
  container_.init().send(SIGUSR1);
  eventually("new requests are refused", [&] { return !listens(haproxy_.socket()); });
  EXPECT_TRUE(container_.init().running());
  application_.answer();
  EXPECT_EQ(client_->body(), "late");
  EXPECT_EQ(container_.wait().status, 0);
}

}  // namespace
}  // namespace programs

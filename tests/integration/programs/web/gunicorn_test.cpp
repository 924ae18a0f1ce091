// Tests Gunicorn under init: the upgrade in which USR2 starts a new master and the old one is told to leave.
#include <gtest/gtest.h>
#include <signal.h>

#include "client.hpp"
#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "installed.hpp"

namespace programs {
namespace {

using harness::Container;
using harness::eventually;
using harness::Stream;

class Gunicorn : public testing::Test {
 protected:
  Gunicorn() { write_application("one"); }

  void write_application(const std::string& answer) const {
    harness::write_file(
        directory_ / "app.py",
        "def app(environ, start):\n    start('200 OK', [])\n    return [b'" + answer + "']\n");
  }

  Container start(const Words& options) const {
    harness::ContainerOptions container = secluded();
    container.process.directory = directory_.path();
    container.process.environment = {"PYTHONDONTWRITEBYTECODE=1"};
    Container started =
        under_init(options,
                   {installed("gunicorn"), "--graceful-timeout=" + std::to_string(graceful_timeout.count()),
                    "--bind=unix:" + socket(), "--pid=" + pid_file(), "app:app"},
                   container);
    eventually("the first master serves", [&] { return get(socket()) == "one"; });
    return started;
  }

  // Asks the master for a successor, waits until that serves, and ends the first.
  void upgrade(Container& container) const {
    const pid_t old = program_in(container);
    write_application("two");
    container.init().send(SIGUSR2);
    eventually("there is a new master",
               [&] { return std::filesystem::exists(pid_file() + ".2") && get(socket()) == "two"; });
    ::kill(old, SIGTERM);
    eventually("the old master has ended", [&] { return harness::state_of(old) == '\0'; });
  }

  // Gunicorn loses a signal that reaches a worker between its fork and its signal handlers: the master then
  // waits this long before it kills the worker.
  static constexpr std::chrono::seconds graceful_timeout{2};

  std::string socket() const { return directory_ / "web"; }
  std::string pid_file() const { return directory_ / "pid"; }

  harness::TemporaryDirectory directory_;
};

TEST_F(Gunicorn, NewMasterGoesOnWithWaitAll) {
  Container container = start({"--wait-all"});
  upgrade(container);
  EXPECT_EQ(get(socket()), "two");
  EXPECT_EQ(harness::children_of(container.pid()).size(), 1U);
  // The new master names a signal that reaches it. SIGUSR1 only reopens logs, so no worker is replaced
  // meanwhile.
  container.init().send(SIGUSR1);
  container.init().wait_for_line("Handling signal: usr1", Stream::err);
  container.init().send(SIGTERM);
  const harness::Outcome outcome = container.wait();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_FALSE(listens(socket()));
}

// Negative control: without it the end of the first master is the end of the service.
TEST_F(Gunicorn, NewMasterIsStoppedWithoutWaitAll) {
  Container container = start({});
  upgrade(container);
  EXPECT_EQ(container.wait().status, 0);
  EXPECT_FALSE(listens(socket()));
}

}  // namespace
}  // namespace programs

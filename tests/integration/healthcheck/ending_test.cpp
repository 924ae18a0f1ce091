// Tests how and when a probe ends: signals to PID 1, a stop in the middle, the last attempt of --wait, and a
// service that greets first.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "harness/container.hpp"
#include "harness/deadline.hpp"
#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "probing.hpp"

namespace healthcheck_test {
namespace {

using harness::TemporaryDirectory;
using harness::operator/;

TEST(Ending, StopSignalsEndItAsPidOne) {
  for (const int signal : {SIGTERM, SIGINT}) {
    harness::Container container{{harness::shipped("healthcheck"), "--wait=1h", "file:///none"}};
    // Before its handlers are in place, the kernel sends PID 1 no such signal.
    harness::eventually("it ends", [&] {
      ::kill(container.pid(), signal);
      return !container.init().running();
    });
    EXPECT_EQ(container.wait().status, 1) << signal;
  }
}

TEST(Ending, TimeInWhichItIsStoppedCounts) {
  std::atomic<bool> asked = false;
  Server silent{Listener::ipv4(), [&asked](Connection& connection) {
                  connection.read_until("\r\n\r\n");
                  asked = true;
                  connection.hold();
                }};
  const harness::Limit limit{1s};
  const auto start = std::chrono::steady_clock::now();
  harness::Process stopped{{harness::shipped("healthcheck"), "--timeout=" + limit.text(), silent.url()}};
  harness::eventually("it has asked", [&] { return asked.load(); });
  // It reads no clock before its first wait has ended, and wakes up 50 milliseconds after the second begins.
  const long switches = harness::voluntary_switches_of(stopped.pid());
  harness::eventually("it has read the clock",
                      [&] { return harness::voluntary_switches_of(stopped.pid()) >= switches + 3; });
  ::kill(stopped.pid(), SIGSTOP);
  harness::eventually("it is stopped", [&] { return harness::state_of(stopped.pid()) == 'T'; });
  harness::eventually(
      "its time is over", [&] { return std::chrono::steady_clock::now() >= start + limit.time(); },
      limit.time() + harness::patience);
  const auto continued = std::chrono::steady_clock::now();
  ::kill(stopped.pid(), SIGCONT);
  const Outcome outcome = stopped.wait();
  expect_unhealthy(outcome, "no answer within " + limit.text());
  // If the stop did not count, almost the whole limit would be left.
  EXPECT_LE(std::chrono::steady_clock::now() - continued, limit.time() / 2);
}

// The last attempt has 100 milliseconds. If this machine takes longer to wake a process up, there is none, so
// one of several runs has to make it.
TEST(Ending, LastAttemptIsAtTheEndOfWait) {
  harness::eventually("the last attempt is made", [] {
    Server ill{Listener::ipv4(), answering("HTTP/1.1 503 Not yet\r\nContent-Length: 0\r\n\r\n")};
    const Outcome outcome = probe({"--wait=1s", "--interval=1h", ill.url()});
    expect_unhealthy(outcome, ill.url() + ": ");
    EXPECT_LE(ill.connections(), 2);
    return ill.connections() == 2 && outcome.elapsed >= 800ms;
  });
}

TEST(Ending, ServiceThatGreetsFirstSeesNoReset) {
  harness::End end = harness::End::reset;
  Server greeter{Listener::ipv4(), [&end](Connection& connection) {
                   connection.write("220 mail.example ESMTP\r\n");
                   end = connection.read_to_end();
                 }};
  expect_healthy(probe({"tcp://" + greeter.address()}));
  greeter.wait_for_ended(1);
  EXPECT_EQ(end, harness::End::closed);
}

TEST(Ending, EmptyAndForeignVariablesAreNotRead) {
  Server server{Listener::ipv4(), answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")};
  expect_healthy(probe({server.url()}, {"DISTROLESS_HEALTHCHECK_TIMEOUT=", "DISTROLESS_HEALTHCHECK_STATUS=",
                                        "HEALTHCHECK_TIMEOUT=never", "HEALTHCHECK_STATUS=500"}));
}

TEST(PidFile, HealthcheckItselfIsNoService) {
  TemporaryDirectory directory;
  harness::write_file(directory / "pid", "1");
  expect_unhealthy(
      harness::run_as_init({harness::shipped("healthcheck"), "pid://" + directory.path().string() + "/pid"}),
      "process 1 is this healthcheck");
}

TEST(PidFile, ThreadIsNoProcess) {
  TemporaryDirectory directory;
  std::atomic<pid_t> thread_id = 0;
  std::atomic<bool> done = false;
  std::thread thread{[&] {
    thread_id = ::gettid();
    thread_id.notify_all();
    done.wait(false);
  }};
  thread_id.wait(0);
  harness::write_file(directory / "pid", std::to_string(thread_id));
  expect_unhealthy(probe({"pid://" + directory.path().string() + "/pid"}),
                   "process " + std::to_string(thread_id) + " is");
  done = true;
  done.notify_all();
  thread.join();
}

}  // namespace
}  // namespace healthcheck_test

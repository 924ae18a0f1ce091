// Tests the other kinds of target, several targets at once, and settings from the environment.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/deadline.hpp"
#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "probing.hpp"

namespace healthcheck_test {
namespace {

using harness::TemporaryDirectory;

Server::Script redis() {
  return [](Connection& connection) {
    connection.read_until("PING\r\n");
    connection.write("+PONG\r\n");
    connection.hold();
  };
}

TEST(Tcp, ConnectionIsEnough) {
  Server server{Listener::ipv4(), [](Connection& connection) { connection.hold(); }};
  expect_healthy(probe({"tcp://" + server.address()}));
  EXPECT_NE(probe({"-v", "tcp://" + server.address()}).err.find(": connected ("), std::string::npos);
}

TEST(Tcp, ExpectedTextMustArrive) {
  Server server{Listener::ipv4(), redis()};
  std::string target = "tcp://" + server.address();
  expect_healthy(probe({"--send=PING\\r\\n", "--expect=+PONG\\r\\n", target}));
  expect_healthy(probe({"--send=${WORD}\\r\\n", "--expect=\\x2bP", target}, {"WORD=PING"}));
  const harness::Limit limit{300ms};
  expect_unhealthy(probe({"-t", limit.text(), "--send=PING\\r\\n", "--expect=-ERR", target}),
                   "an answer came, but not the expected text within " + limit.text());
  Server banner{Listener::ipv6(), [](Connection& connection) { connection.drip("220 smtp ready\r\n", 1ms); }};
  expect_healthy(probe({"--expect=220 ", "tcp://" + banner.address()}));
  expect_unhealthy(probe({"--expect=554", "tcp://" + banner.address()}),
                   ": an answer came, but not the expected text (");
}

TEST(Unix, SocketIsProbedLikeTcp) {
  TemporaryDirectory directory;
  std::string path = directory / "s";
  {
    Server server{Listener::unix_socket(path), redis()};
    expect_healthy(probe({"unix://" + path}));
    expect_healthy(probe({"--send=PING\\r\\n", "--expect=PONG", "unix://" + path}));
  }
  expect_unhealthy(probe({"unix://" + path}), "connection refused");
  expect_unhealthy(probe({"unix://" + path + ".none"}), "No such file or directory");
  expect_unhealthy(probe({"unix:///" + std::string(120, 'x')}), "path too long");
}

TEST(Unix, FullBacklogIsUnhealthy) {
  TemporaryDirectory directory;
  std::string path = directory / "s";
  Listener listener = Listener::unix_socket(path);
  ASSERT_EQ(::listen(listener.descriptor(), 0), 0);
  expect_healthy(probe({"unix://" + path}));
  Outcome outcome = probe({"-t", "300ms", "unix://" + path});
  expect_unhealthy(outcome, "no answer within 300ms (connecting)");
  EXPECT_LE(outcome.elapsed, 300ms + slack());
}

TEST(Unix, HttpGoesThroughTheSocket) {
  TemporaryDirectory directory;
  std::string path = directory / "s";
  Server server{Listener::unix_socket(path), answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")};
  expect_healthy(probe({"--unix-socket", path, "http://docker/v1/_ping"}));
  expect_unhealthy(probe({"--unix-socket", path + ".none", "http://docker/v1/_ping"}),
                   "http://docker/v1/_ping through " + path + ".none: connecting: No such file or directory");
  server.wait_for_ended(1);
  EXPECT_TRUE(server.received().starts_with("GET /v1/_ping HTTP/1.1\r\nHost: docker\r\n"))
      << server.received();
}

TEST(File, MustExistAndNotBeTooOld) {
  TemporaryDirectory directory;
  std::string path = directory / "ready";
  expect_unhealthy(probe({"file://" + path}), "No such file or directory");
  harness::write_file(path, "");
  expect_healthy(probe({"file://" + path}));
  expect_healthy(probe({"--max-age=1m", "file://" + path}));
  timespec old[2] = {{::time(nullptr) - 90, 0}, {::time(nullptr) - 90, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), old, 0), 0);
  expect_unhealthy(probe({"--max-age=1m", "file://" + path}), "s old");
  expect_healthy(probe({"--max-age=2m", "file://" + path}));
  expect_healthy(probe({"file://" + path}));
}

TEST(File, AgeIsExact) {
  TemporaryDirectory directory;
  std::string path = directory / "ready";
  harness::write_file(path, "");
  timespec now{};
  // Whole seconds would make this file of at most 2.9 seconds 3 seconds old.
  harness::eventually("a probe has run within the first 0.9 seconds of a second", [&] {
    ::clock_gettime(CLOCK_REALTIME, &now);
    const timespec late{now.tv_sec - 3, 999'999'999};
    const timespec times[2] = {late, late};
    EXPECT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
    const Outcome outcome = probe({"--max-age=2900ms", "file://" + path});
    timespec after{};
    ::clock_gettime(CLOCK_REALTIME, &after);
    if (after.tv_sec != now.tv_sec || after.tv_nsec >= 900'000'000) return false;
    expect_healthy(outcome);
    return true;
  });
  // And this one, of more than the limit, 1 second.
  ASSERT_EQ(::clock_gettime(CLOCK_REALTIME, &now), 0);
  timespec early[2] = {{now.tv_sec - 1, 0}, {now.tv_sec - 1, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), early, 0), 0);
  expect_unhealthy(
      probe({"--max-age=" + std::to_string(1000 + now.tv_nsec / 1'000'000 - 1) + "ms", "file://" + path}),
      "s old");
}

TEST(Pid, FifoIsNotWaitedFor) {
  TemporaryDirectory directory;
  std::string path = directory / "fifo";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  Outcome outcome = probe({"--timeout=1m", "pid://" + path});
  expect_unhealthy(outcome, "no PID in it");
  EXPECT_LE(outcome.elapsed, slack());
}

TEST(Pid, MustNameALiveProcess) {
  TemporaryDirectory directory;
  std::string path = directory / "pid";
  harness::write_file(path, " " + std::to_string(::getpid()) + "\n");
  expect_healthy(probe({"pid://" + path}));
  pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  siginfo_t ended;
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT), 0);
  harness::write_file(path, std::to_string(child));
  expect_unhealthy(probe({"pid://" + path}), "process " + std::to_string(child) + " is a zombie");
  ::waitpid(child, nullptr, 0);
  expect_unhealthy(probe({"pid://" + path}), "process " + std::to_string(child) + " is gone");
  for (const char* text : {"", "0", "-1", "x", "12x", "99999999999999999999"}) {
    harness::write_file(path, text);
    expect_unhealthy(probe({"pid://" + path}), "no PID");
  }
}

TEST(Targets, AllMustBeHealthy) {
  Server well{Listener::ipv4(), answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")};
  Server sick{Listener::ipv4(), answering("HTTP/1.1 500 Sick\r\nContent-Length: 0\r\n\r\n")};
  expect_healthy(probe({well.url(), "tcp://" + sick.address()}));
  expect_unhealthy(probe({well.url(), sick.url("/x")}), sick.url("/x") + ": 500 Sick");
  expect_unhealthy(probe({sick.url("/x"), well.url()}), sick.url("/x") + ": 500 Sick");
}

TEST(Targets, ShareOneDeadline) {
  Server slow{Listener::ipv4(), [](Connection& connection) {
                connection.read_until("\r\n\r\n");
                connection.drip("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 6ms);
                connection.hold();
              }};
  Outcome outcome = probe({"-t", "500ms", slow.url(), slow.url(), slow.url(), slow.url()});
  expect_unhealthy(outcome, "no answer within 500ms (waiting for headers)");
  EXPECT_LE(outcome.elapsed, 500ms + slack());
}

TEST(Targets, VariableNamesThem) {
  Server well{Listener::ipv4(), answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")};
  std::string port = std::to_string(well.port());
  expect_healthy(
      probe({}, {"DISTROLESS_HEALTHCHECK_TARGET=:${PORT}/a  tcp://localhost:${PORT}", "PORT=" + port}));
  expect_unhealthy(probe({}, {"DISTROLESS_HEALTHCHECK_TARGET=:" + port + " file:///none"}),
                   "file:///none: No such");
  expect_healthy(probe({":" + port}, {"DISTROLESS_HEALTHCHECK_TARGET=file:///none"}));
  expect_healthy(probe({":${PORT:-" + port + "}/x"}));
}

TEST(Wait, TriesUntilHealthy) {
  TemporaryDirectory directory;
  std::string path = directory / "ready";
  harness::Process gate{{harness::shipped("healthcheck"), "--wait=1h", "--interval=20ms", "file://" + path}};
  // It pauses once after each attempt: three pauses are three attempts without the file.
  harness::eventually("it tries again", [&] { return harness::voluntary_switches_of(gate.pid()) >= 3; });
  EXPECT_TRUE(gate.running());
  harness::write_file(path, "");
  Outcome outcome = gate.wait();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
}

TEST(Wait, EndsWhenItsTimeIsOver) {
  Outcome outcome = probe({"--wait=300ms", "--interval=50ms", "file:///none"});
  expect_unhealthy(outcome, "No such file");
  EXPECT_LE(outcome.elapsed, 300ms + slack());
  EXPECT_GE(outcome.elapsed, 200ms);
  Server silent{Listener::ipv4(), [](Connection& connection) { connection.hold(); }};
  outcome = probe({"-w300ms", silent.url()});
  expect_unhealthy(outcome, "no answer within");
  EXPECT_LE(outcome.elapsed, 300ms + slack());
}

TEST(Waiting, KeepsNoConnectionBetweenAttempts) {
  Server ill{Listener::ipv4(), [](Connection& probe) {
               probe.read_until("\r\n\r\n");
               probe.write("HTTP/1.1 503 Not yet\r\nContent-Length: 0\r\n\r\n");
               probe.read_to_end();
             }};
  harness::Process probe{{harness::shipped("healthcheck"), "--wait=1h", "--interval=10ms", ill.url()}};
  // The scripts end when the probe closes its connection, and the probe is still running.
  ill.wait_for_ended(20);
  EXPECT_TRUE(probe.running());
  EXPECT_LE(ill.connections() - 20, 2);
}

}  // namespace
}  // namespace healthcheck_test

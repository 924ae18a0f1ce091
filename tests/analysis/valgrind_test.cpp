// Runs the two programs as a whole under valgrind's memcheck, in a plain debug build.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "harness/answers/grpc_answers.hpp"
#include "harness/files.hpp"
#include "harness/process.hpp"
#include "harness/programs.hpp"
#include "harness/server.hpp"

namespace analysis {
namespace {

using harness::Connection;
using harness::Listener;
using harness::Outcome;
using harness::Server;
using Words = std::vector<std::string>;

// Memcheck reports an error through the status 99 and a message on standard error.
Words under_valgrind(const std::string& program, const Words& arguments) {
  Words words{VALGRIND,
              "--quiet",
              "--error-exitcode=99",
              "--leak-check=full",
              "--track-origins=yes",
              std::string{PLAIN_BIN} + "/" + program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

void expect(const std::string& program, const Words& arguments, int status, const std::string& says = {}) {
  const Outcome outcome = harness::run(under_valgrind(program, arguments));
  EXPECT_EQ(outcome.status, status) << outcome.err;
  EXPECT_NE((outcome.out + outcome.err).find(says), std::string::npos) << outcome.out << outcome.err;
}

TEST(Valgrind, ReportsUninitialisedMemory) {
  expect("../tests/analysis/valgrind_control", {}, 99, "uninitialised");
}

TEST(Valgrind, InitStartsForwardsAndReaps) {
  expect("init", {"--help"}, 0, "--together");
  expect("init", {"--no-such"}, 125, "no-such");
  // Valgrind turns a vfork into a fork, so the child cannot report the reason.
  expect("init", {"--", "/no/such"}, 127);
  expect("init", {"-vv", "-w", "-D", "100ms", "--", harness::testprog(), "orphans", "3", "--leave=7"}, 7,
         "reaped");
  expect("init", {"-e", "3=4", "--", "/bin/sh", "-c", "exit 3"}, 4);
  expect("init",
         {"-t", "--", harness::testprog(), "signals", "--until=TERM", "::", harness::testprog(), "exit", "5"},
         5);
}

TEST(Valgrind, InitStopsItsPrograms) {
  for (const Words& options :
       {Words{"-v"}, Words{"-g", "-d", "1ms"}, Words{"-a", "-k", "10ms", "-r", "TERM:INT"}}) {
    Words arguments = options;
    arguments.insert(arguments.end(), {"--", harness::testprog(), "signals", "--until=TERM"});
    if (options.back() == "TERM:INT") arguments.back() = "--until=INT";
    harness::Process process{under_valgrind("init", arguments)};
    process.wait_for_line("ready");
    process.send(SIGTERM);
    EXPECT_EQ(process.wait().status, 0) << process.err();
  }
}

TEST(Valgrind, HealthcheckReadsItsOptions) {
  expect("healthcheck", {"--help"}, 0, "--timeout");
  expect("healthcheck", {"https://localhost/"}, 1, "https");
  expect("healthcheck", {"--status=9", ":1"}, 1, "invalid statuses");
  expect("healthcheck", {"http://${NO_SUCH}/"}, 1, "NO_SUCH");
}

TEST(Valgrind, HealthcheckProbes) {
  const harness::TemporaryDirectory directory;
  auto path = [&directory](const char* name) { return (directory / name).string(); };
  harness::write_file(path("beat"), "");
  harness::write_file(path("pid"), std::to_string(::getpid()));
  Server http{Listener::ipv4(), [](Connection& connection) {
                connection.read_until("\r\n\r\n");
                connection.write(
                    "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "3\r\nhea\r\n3\r\nlth\r\n0\r\n\r\n");
              }};
  Server unix_http{Listener::unix_socket(path("socket")), [](Connection& connection) {
                     connection.read_until("\r\n\r\n");
                     connection.write("HTTP/1.1 503 Not Now\r\n\r\n");
                   }};
  Server banner{Listener::ipv6(), [](Connection& connection) {
                  connection.read_until("PING\r\n");
                  connection.write("+PONG\r\n");
                }};
  expect("healthcheck", {"-v", "--body=health", "-u", "a:b", "-H", "X: y", http.url()}, 0, "200 OK");
  expect("healthcheck", {"-U", path("socket"), "http://localhost/"}, 1, "503 Not Now");
  expect("healthcheck", {"--send=PING\\r\\n", "--expect=+PONG", "tcp://" + banner.address()}, 0);
  expect("healthcheck",
         {"--max-age=1h", "unix://" + path("socket"), "file://" + path("beat"), "pid://" + path("pid")}, 0);
  expect("healthcheck",
         {"--wait=2s", "--interval=300ms", "tcp://127.0.0.1:" + std::to_string(harness::closed_port())}, 1,
         "refused");
}

TEST(Valgrind, HealthcheckReadsEveryGrpcAnswer) {
  for (const grpc_answers::Answer& row : grpc_answers::answers) {
    SCOPED_TRACE(row.what);
    Server server{Listener::ipv4(), [&row](Connection& connection) {
                    connection.read_until("SM\r\n\r\n");
                    connection.write(row.bytes);
                    connection.finish();
                    connection.hold();
                  }};
    std::string words = row.want;
    if (words.starts_with("waits, then ")) words = words.substr(words.find("then ") + 5);
    expect("healthcheck", {"-v", "grpc://" + server.address()}, words == "SERVING" ? 0 : 1, words);
  }
}

}  // namespace
}  // namespace analysis

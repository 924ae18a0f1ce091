// Tests the gRPC health call with scripted answers of a server.
#include "harness/answers/grpc_answers.hpp"
#include "harness/files.hpp"
#include "probing.hpp"

namespace healthcheck_test {
namespace {

using namespace grpc_answers;

// Reads the whole request first: its last frame is the message's.
Server::Script answering_call(std::string answer, std::chrono::milliseconds pause = 0ms) {
  return [answer, pause](Connection& connection) {
    connection.read_until("SM\r\n\r\n");
    connection.read_until("\0\1\0\0\0\1"s);
    pause == 0ms ? connection.write(answer) : connection.drip(answer, pause);
    connection.hold();
  };
}

std::string target(const Server& server, const std::string& service = {}) {
  return "grpc://" + server.address() + service;
}

TEST(Grpc, OnlyServingIsHealthy) {
  Server well{Listener::ipv4(), answering_call(settings + headers + data(1) + good_end)};
  Outcome outcome = probe({target(well)});
  expect_healthy(outcome);
  EXPECT_LE(outcome.elapsed, 100ms + slack());
  EXPECT_NE(probe({"-v", target(well, "/a.b.C")}).err.find("/a.b.C: SERVING ("), std::string::npos);
  Server sick{Listener::ipv6(), answering_call(settings + headers + data(2) + good_end)};
  expect_unhealthy(probe({target(sick)}), ": NOT_SERVING (");
}

TEST(Grpc, ServiceNameIsSent) {
  Server server{Listener::ipv4(), answering_call(settings + headers + data(1) + good_end)};
  expect_healthy(probe({target(server, "/a.b.C")}));
  server.wait_for_ended(1);
  EXPECT_NE(server.received().find("\0\0\0\0\x07\x0a\5a.b.C"s), std::string::npos);
  EXPECT_NE(server.received().find(server.address()), std::string::npos);
}

TEST(Grpc, ServerThatWaitsForItsPingGetsIt) {
  Server server{Listener::ipv4(), [](Connection& connection) {
                  connection.read_until("SM\r\n\r\n");
                  connection.write(settings + frame(6, 0, "pingpong", 0));
                  connection.read_until(frame(6, 1, "pingpong", 0));
                  connection.write(headers + data(1) + good_end);
                  connection.hold();
                }};
  expect_healthy(probe({target(server)}));
}

TEST(Grpc, WorksOverUnixSocket) {
  harness::TemporaryDirectory directory;
  std::string path = directory / "s";
  Server server{Listener::unix_socket(path), answering_call(settings + headers + data(1) + good_end)};
  expect_healthy(probe({"-U", path, "grpc://localhost"}));
}

// Uses the rows of the reader's unit test, each over a connection that ends after it.
TEST(Grpc, EveryAnswerHasItsVerdictAndEndsInTime) {
  for (const Answer& row : answers) {
    SCOPED_TRACE(row.what);
    Server server{Listener::ipv4(), [&row](Connection& connection) {
                    connection.read_until("SM\r\n\r\n");
                    connection.read_until("\0\1\0\0\0\1"s);
                    connection.write(row.bytes);
                    connection.finish();
                    connection.hold();
                  }};
    std::string words = row.want;
    if (words.starts_with("waits, then ")) words = words.substr(words.find("then ") + 5);
    Outcome outcome = probe({target(server)});
    if (words == "SERVING")
      expect_healthy(outcome);
    else
      expect_unhealthy(outcome, ": " + words + " (");
    EXPECT_LE(outcome.elapsed, 100ms + slack());
  }
}

// The verdict is known at once, though the server continues.
TEST(Grpc, FloodsEndWithTheLimitAndSilenceWithTheDeadline) {
  const std::string update = frame(8, 0, "\0\0\1\0"s, 0), ping = frame(6, 0, "pingpong", 0);
  auto flooding = [](std::string frame) {
    return [frame](Connection& connection) {
      connection.write(settings);
      for (;;) connection.write(frame);
    };
  };
  struct Case {
    const char* words;
    Server::Script script;
  };
  for (const Case& row : {
           Case{"more than 64 KiB of frames", flooding(ping)},
           {"more than 64 KiB of frames", flooding(update)},
           {"more than 64 KiB of frames", flooding(frame(2, 0, "\0\0\0\0\1"s))},
           {"more than 64 KiB of frames", flooding(frame(4, 0, "", 0))},
           {"no answer within 400ms (waiting for the answer)",
            answering_call(settings + headers + data(1) + good_end, 50ms)},
           {"no answer within 400ms (waiting for the answer)",
            [](Connection& connection) { connection.hold(); }},
           {"connection reset",
            [](Connection& connection) {
              connection.read_until("\0\1\0\0\0\1"s);
              connection.write(settings + headers);
              connection.reset();
            }},
       }) {
    SCOPED_TRACE(row.words);
    Server server{Listener::ipv4(), row.script};
    const bool runs_out = std::string_view{row.words}.contains("within 400ms");
    Outcome outcome = probe({runs_out ? "-t400ms" : "-t1m", target(server)});
    expect_unhealthy(outcome, row.words);
    EXPECT_LE(outcome.elapsed, 400ms + slack());
  }
}

}  // namespace
}  // namespace healthcheck_test

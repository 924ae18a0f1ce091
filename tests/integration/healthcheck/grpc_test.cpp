// The gRPC health call, over what a server writes.
#include "probing.hpp"
#include "support/files.hpp"

namespace healthcheck_test {
namespace {

using namespace std::string_literals;

std::string frame(int type, int flags, const std::string& payload, int stream) {
  std::string text = "\0"s;
  text += static_cast<char>(payload.size() >> 8);
  text += static_cast<char>(payload.size());
  text += static_cast<char>(type);
  text += static_cast<char>(flags);
  text += "\0\0\0"s + static_cast<char>(stream);
  return text + payload;
}

const std::string settings = frame(4, 0, "", 0), acknowledged = frame(4, 1, "", 0);
const std::string headers = frame(1, 4, "\x88\x0f\x10\x10"s + "application/grpc", 1);
const std::string trailers = frame(1, 5, "\0\x0b"s + "grpc-status" + "\x01" + "0", 1);
std::string message(int status) { return frame(0, 0, "\0\0\0\0\2\x08"s + static_cast<char>(status), 1); }

// Reads all of the request first: its last frame is that of the message.
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

TEST(Grpc, ServingIsHealthyAndAllElseIsNot) {
  Server well{Listener::ipv4(), answering_call(settings + headers + message(1) + trailers)};
  Outcome outcome = probe({target(well)});
  expect_healthy(outcome);
  EXPECT_LE(outcome.elapsed, 100ms + slack);
  EXPECT_NE(probe({"-v", target(well, "/a.b.C")}).err.find("/a.b.C: SERVING ("), std::string::npos);
  Server sick{Listener::ipv6(), answering_call(settings + headers + message(2) + trailers)};
  expect_unhealthy(probe({target(sick)}), ": NOT_SERVING (");
}

TEST(Grpc, TheServicesNameIsSent) {
  Server server{Listener::ipv4(), answering_call(settings + headers + message(1) + trailers)};
  expect_healthy(probe({target(server, "/a.b.C")}));
  server.wait_for_ended(1);
  EXPECT_NE(server.received().find("\0\0\0\0\x07\x0a\5a.b.C"s), std::string::npos);
  EXPECT_NE(server.received().find(server.address()), std::string::npos);
}

TEST(Grpc, AServerThatWaitsForItsPingGetsIt) {
  Server server{Listener::ipv4(), [](Connection& connection) {
                  connection.read_until("SM\r\n\r\n");
                  connection.write(settings + frame(6, 0, "pingpong", 0));
                  connection.read_until(frame(6, 1, "pingpong", 0));
                  connection.write(headers + message(1) + trailers);
                  connection.hold();
                }};
  expect_healthy(probe({target(server)}));
}

TEST(Grpc, AUnixSocketCarriesItToo) {
  support::TemporaryDirectory directory;
  std::string path = directory / "s";
  Server server{Listener::unix_socket(path), answering_call(settings + headers + message(1) + trailers)};
  expect_healthy(probe({"-U", path, "grpc://localhost"}));
}

TEST(Grpc, EachFailureHasItsWords) {
  struct Case {
    const char* words;
    Server::Script script;
  };
  for (const Case& row : {
           Case{"unknown service",
                answering_call(
                    settings +
                    frame(1, 5, "\x88\x0f\x10\x10"s + "application/grpc\0\x0bgrpc-status\1"s + "5", 1))},
           {"stream reset, error 8", answering_call(settings + frame(3, 0, "\0\0\0\x08"s, 1))},
           {"GOAWAY, error 11", answering_call(settings + frame(7, 0, "\0\0\0\0\0\0\0\x0b"s, 0))},
           {"not gRPC, HTTP status 404", answering_call(settings + frame(1, 4, "\x8d", 1))},
           {"compressed message", answering_call(settings + headers + frame(0, 0, "\1\0\0\0\2\x08\1"s, 1))},
           {"an HTTP/1 server, not gRPC", answering_call("HTTP/1.1 400 Bad Request\r\n\r\n")},
           {"a TLS server, not plain gRPC", answering_call("\x15\x03\x01\0\2\2\x46"s)},
           {"more than 64 KiB of frames",
            [](Connection& connection) {
              connection.write(settings);
              for (;;) connection.write(frame(6, 0, "pingpong", 0));
            }},
           {"more than 64 KiB of frames",
            [](Connection& connection) {
              connection.write(settings);
              for (;;) connection.write(frame(8, 0, "\0\0\1\0"s, 0));
            }},
           {"no answer within 400ms (waiting for the answer)",
            answering_call(settings + headers + message(1) + trailers, 50ms)},
           {"no answer within 400ms (waiting for the answer)",
            [](Connection& connection) { connection.hold(); }},
           {"closed without an answer",
            [](Connection& connection) {
              connection.read_until("SM\r\n\r\n");
              connection.finish();
              connection.hold();
            }},
       }) {
    SCOPED_TRACE(row.words);
    Server server{Listener::ipv4(), row.script};
    Outcome outcome = probe({"-t400ms", target(server)});
    expect_unhealthy(outcome, row.words);
    EXPECT_LE(outcome.elapsed, 400ms + slack);
  }
}

}  // namespace
}  // namespace healthcheck_test

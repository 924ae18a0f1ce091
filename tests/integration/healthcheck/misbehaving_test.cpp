// Tests servers that stall, stream, break off or send elsewhere: each must get the right verdict and message,
// and the probe must end in time.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "harness/descriptor.hpp"
#include "misbehaving.hpp"

namespace healthcheck_test {
namespace {

const Case cases[] = {
    // A known verdict is reported at once, whatever the server does next.
    {"keeps the connection open", answer_and_hold(ok + "Content-Length: 2\r\n\r\nok"), nullptr, 100ms},
    {"keeps it open without a length", answer_and_hold(ok + "\r\nok"), nullptr, 250ms},
    {"streams for ever", answer_and_stream(ok + "\r\n"), nullptr, 100ms},
    {"streams a chunk for ever", answer_and_stream(ok + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n"),
     nullptr, 100ms},
    {"streams an error for ever", answer_and_stream("HTTP/1.1 500 Broken\r\n\r\n"), "500 Broken", 100ms},
    {"half-closes", after_request([](Connection& connection) {
       connection.write(ok + "\r\nok");
       connection.finish();
       connection.hold();
     }),
     nullptr, 100ms},
    {"answers before reading",
     [](Connection& connection) {
       connection.write(ok + "Content-Length: 0\r\n\r\n");
       connection.finish();
       connection.hold();
     },
     nullptr, 100ms},
    // No server can extend the deadline.
    {"accepts and says nothing", [](Connection& connection) { connection.hold(); },
     "no answer within 400ms (waiting for headers)"},
    {"drips the status line", dripping(ok + "\r\n" + std::string(100, 'x')),
     "no answer within 400ms (waiting for headers)"},
    {"drips headers", after_request([](Connection& connection) {
       connection.write(ok);
       connection.drip("X: " + std::string(1000, 'x'), 10ms);
     }),
     "no answer within 400ms (waiting for headers)"},
    {"streams headers for ever", after_request([](Connection& connection) {
       connection.write(ok + "X: ");
       stream_for_ever(connection);
     }),
     "more than 64 KiB of headers"},
    {"70 KB of headers", answer_and_hold(ok + "X: " + std::string(70'000, 'x') + "\r\n\r\n"),
     "more than 64 KiB of headers"},
    {"a header of 60 KB",
     answer_and_hold(ok + "X: " + std::string(60'000, 'x') + "\r\nContent-Length: 0\r\n\r\n"), nullptr},
    {"interim responses for ever", after_request([](Connection& connection) {
       for (;;) connection.write("HTTP/1.1 102 Processing\r\n\r\n");
     }),
     "more than 64 KiB of headers"},
    // Connections that break off.
    {"closes without an answer", after_request([](Connection&) {}), "closed without an answer"},
    {"closes in the status line", answer_and_close("HTTP/1.1 2"), "headers cut short"},
    {"closes in the headers", answer_and_close(ok + "Content-Length: 2\r\n"), "headers cut short"},
    {"closes in the body", answer_and_close(ok + "Content-Length: 20\r\n\r\nok"), "body cut short"},
    {"closes in a chunk", answer_and_close(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nok"),
     "body cut short"},
    {"resets before the answer", after_request([](Connection& connection) { connection.reset(); }),
     "connection reset"},
    {"resets in the headers", after_request([](Connection& connection) {
       connection.write(ok);
       connection.reset();
     }),
     "connection reset"},
    {"resets without reading", [](Connection& connection) { connection.reset(); }, "connection reset"},
    {"resets after the headers", after_request([](Connection& connection) {
       connection.write(ok + "Content-Length: 2\r\n\r\n");
       connection.reset();
     }),
     "connection reset"},
    {"resets in a chunk", after_request([](Connection& connection) {
       connection.write(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nok");
       connection.reset();
     }),
     "body cut short"},
    // Data that came before a reset is still read.
    {"resets after the body", after_request([](Connection& connection) {
       connection.write(ok + "Content-Length: 2\r\n\r\nok");
       connection.reset();
     }),
     nullptr},
    {"never sends the body", answer_and_hold(ok + "Content-Length: 2\r\n\r\n"),
     "200 OK, but the body did not end within 400ms"},
    // Redirects are ordinary answers: never followed, wherever they lead.
    {"a redirect to itself", answer_and_close("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"), nullptr},
    {"a redirect off the host",
     answer_and_hold("HTTP/1.1 301 Moved Permanently\r\nLocation: http://192.0.2.1/\r\n\r\n"), nullptr},
    // Interim responses.
    {"100 before 200", answer_and_hold("HTTP/1.1 100 Continue\r\n\r\n" + ok + "Content-Length: 0\r\n\r\n"),
     nullptr},
    {"102 and 103 before 200",
     answer_and_hold("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok +
                     "Content-Length: 0\r\n\r\n"),
     nullptr},
    {"101", answer_and_hold("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
     "101 Switching Protocols"},
    {"103 and nothing more", answer_and_close("HTTP/1.1 103 Early Hints\r\n\r\n"), "headers cut short"},
};

TEST(Misbehaving, EveryServerHasItsVerdictAndEndsInTime) { expect_verdicts(cases); }

TEST(Misbehaving, DeadlineHoldsWithBodyToo) {
  const Case with_body[] = {
      {"streams for ever", answer_and_stream(ok + "\r\n"), "without the text of --body"},
      {"streams chunks for ever", after_request([](Connection& connection) {
         connection.write(ok + "Transfer-Encoding: chunked\r\n\r\n");
         for (;;) connection.write("1\r\nx\r\n");
       }),
       "without the text of --body"},
      {"keeps it open", answer_and_hold(ok + "\r\nok"), "200 OK, without the text of --body within 400ms"},
      {"drips chunk sizes", after_request([](Connection& connection) {
         connection.write(ok + "Transfer-Encoding: chunked\r\n\r\n");
         connection.drip(std::string(1000, '0'), 10ms);
       }),
       "200 OK, without the text of --body within 400ms"},
      {"streams a chunk extension", answer_and_stream(ok + "Transfer-Encoding: chunked\r\n\r\n1;"),
       "200 OK, without the text of --body within 400ms"},
      {"found, then streams", answer_and_stream(ok + "\r\nhealthy"), nullptr},
      {"found, then kept open", answer_and_hold(ok + "\r\nhealthy"), nullptr},
      {"resets in the body", after_request([](Connection& connection) {
         connection.write(ok + "Content-Length: 99\r\n\r\nhealth");
         connection.reset();
       }),
       "connection reset"},
      {"cut short", answer_and_close(ok + "Content-Length: 99\r\n\r\nhealth"), "body cut short"},
  };
  expect_verdicts(with_body, {"--body=healthy"});
}

// The kernel drops connections that do not fit into a full queue.
TEST(Misbehaving, FullBacklogIsUnhealthyWhileConnecting) {
  Listener listener = Listener::ipv4();
  ASSERT_EQ(::listen(listener.descriptor(), 0), 0);
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ASSERT_EQ(::getsockname(listener.descriptor(), reinterpret_cast<sockaddr*>(&address), &size), 0);
  std::vector<harness::Descriptor> waiting;
  for (int i = 0; i < 4; ++i) {
    waiting.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    static_cast<void>(::connect(waiting.back().get(), reinterpret_cast<sockaddr*>(&address), size));
  }
  for (const char* scheme : {"http://", "tcp://"}) {
    Outcome outcome = probe({timeout_option, scheme + listener.address()});
    expect_unhealthy(outcome, "no answer within 400ms (connecting)");
    EXPECT_LE(outcome.elapsed, timeout + slack());
    // The harness starts its clock when the program is already running.
    EXPECT_GE(outcome.elapsed, timeout - 50ms);
  }
}

}  // namespace
}  // namespace healthcheck_test

// Whole probes of scripted services: the bytes that are sent, the time limit, and the message.
#include "healthcheck/probe/probe.hpp"

#include <errno.h>

#include "scripted.hpp"

namespace healthcheck {
namespace {

class ProbeTest : public Scripted {};

TEST_F(ProbeTest, HealthyServiceIsTimed) {
  service(local).says = {{.after = milliseconds(12), .text = ok}};
  EXPECT_EQ(message_for("http://127.0.0.1/x"), "healthy: http://127.0.0.1/x: 200 OK (12 ms)");
  EXPECT_TRUE(fake::network.sent.starts_with("GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\n"));
}

TEST_F(ProbeTest, UnhealthyStatusIsReported) {
  service(local).says = {{.text = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"}};
  EXPECT_EQ(message_for("http://127.0.0.1"), "http://127.0.0.1: 503 Busy (0 ms)");
}

TEST_F(ProbeTest, LocalhostIsBothLoopbackAddresses) {
  service("[::1]:80").says = {{.text = ok}};
  EXPECT_EQ(message_for("http://localhost"), "healthy: http://localhost: 200 OK (0 ms)");
  EXPECT_EQ(fake::network.calls, (Calls{"connect 127.0.0.1:80", "close", "connect [::1]:80", "close"}));
}

TEST_F(ProbeTest, RefusalNamesTheAddressesThatRefused) {
  EXPECT_EQ(message_for("http://localhost"), "http://localhost: connection refused (127.0.0.1, ::1)");
  EXPECT_EQ(message_for("http://127.0.0.1"), "http://127.0.0.1: connection refused");
  service("[::1]:1").connect_errors = {EADDRNOTAVAIL};
  EXPECT_EQ(message_for("tcp://localhost:1"),
            "tcp://localhost:1: connection refused (127.0.0.1), not an address of this host (::1)");
}

TEST_F(ProbeTest, EachErrorOfConnectingHasItsWords) {
  struct Case {
    int error;
    const char* want;
  };
  for (const Case& row : {Case{ECONNRESET, "connection reset"},
                          {EADDRNOTAVAIL, "no port is free"},
                          {ECONNREFUSED, "connection refused"},
                          {EACCES, "connecting: Permission denied"}}) {
    service(local).connect_errors = {row.error};
    EXPECT_EQ(message_for("http://127.0.0.1"), std::string{"http://127.0.0.1: "} + row.want);
  }
}

TEST_F(ProbeTest, AnotherHostIsNotProbed) {
  fake::network.bind_errors["192.0.2.1"] = EADDRNOTAVAIL;
  EXPECT_EQ(message_for("tcp://192.0.2.1:80"),
            "tcp://192.0.2.1:80: not an address of this host: only local services are probed");
}

TEST_F(ProbeTest, SilenceEndsAtTheDeadline) {
  service(local) = {};
  EXPECT_EQ(message_for("http://127.0.0.1", seconds(2)),
            "http://127.0.0.1: no answer within 2s (waiting for headers)");
  EXPECT_EQ(clock.last(), base::Instant{} + seconds(2));
}

TEST_F(ProbeTest, SilenceOnTheFirstLoopbackAddressEndsTheProbe) {
  service("127.0.0.1:1").connect_errors = std::deque<int>(9, EINPROGRESS);
  fake::network.wait_error = ETIME;
  EXPECT_EQ(message_for("tcp://localhost:1"), "tcp://localhost:1: no answer within 3s (connecting)");
}

TEST_F(ProbeTest, DrippingServiceEndsAtTheDeadline) {
  for (int i = 0; i < 100; ++i) service(local).says.push_back({.after = milliseconds(100), .text = "H"});
  service(local).says.front().text = "HTTP/1.1 200 OK\r\nX: ";
  EXPECT_EQ(message_for("http://127.0.0.1"), "http://127.0.0.1: no answer within 3s (waiting for headers)");
  EXPECT_EQ(clock.last(), base::Instant{} + seconds(3));
}

TEST_F(ProbeTest, DrippingServiceEndsAtTheDeadlineWithoutClock) {
  fake::network.has_clock = false;
  for (int i = 0; i < 100; ++i) service(local).says.push_back({.after = milliseconds(100), .text = "H"});
  service(local).says.front().text = "HTTP/1.1 200 OK\r\nX: ";
  EXPECT_EQ(message_for("http://127.0.0.1"), "http://127.0.0.1: no answer within 3s (waiting for headers)");
}

TEST_F(ProbeTest, RestOfTheResponseIsDrained) {
  service(local).says = {{.text = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"},
                         {.after = milliseconds(10), .text = "half"}};
  EXPECT_EQ(message_for("http://127.0.0.1"), "healthy: http://127.0.0.1: 200 OK (10 ms)");
  EXPECT_TRUE(service(local).says.empty());
}

TEST_F(ProbeTest, ResponseThatIsCutShortWhileDrainedIsUnhealthy) {
  service(local).says = {{.text = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"},
                         {.after = milliseconds(10), .text = "ha"},
                         {}};
  EXPECT_EQ(message_for("http://127.0.0.1"), "http://127.0.0.1: body cut short (10 ms)");
}

TEST_F(ProbeTest, DrainingEndsAfterAMoment) {
  service(local).says = {{.text = "HTTP/1.1 200 OK\r\n\r\n"}, {.after = seconds(1), .text = "late"}};
  EXPECT_EQ(probe("http://127.0.0.1").health, Health::Healthy);
  EXPECT_EQ(clock.last(), base::Instant{} + milliseconds(250));
}

TEST_F(ProbeTest, BodyOfKnownLengthIsAwaited) {
  service(local).says = {{.text = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"},
                         {.after = seconds(2), .text = "late"}};
  EXPECT_EQ(message_for("http://127.0.0.1"), "healthy: http://127.0.0.1: 200 OK (2000 ms)");
  service(local).says = {{.text = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha"}};
  EXPECT_EQ(message_for("http://127.0.0.1"), "http://127.0.0.1: 200 OK, but the body did not end within 3s");
}

TEST_F(ProbeTest, BodyThatIsResetIsUnhealthy) {
  for (const char* head :
       {"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n", "HTTP/1.0 200 OK\r\n\r\n"}) {
    service(local).says = {{.text = head}, {.after = milliseconds(10), .text = "ha"}, {.error = ECONNRESET}};
    EXPECT_EQ(probe("http://127.0.0.1").health, Health::Unhealthy) << head;
  }
}

TEST_F(ProbeTest, UnhealthyStatusIsSaidWhateverBecomesOfItsBody) {
  service(local).says = {{.text = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\n"}, {}};
  EXPECT_EQ(message_for("http://127.0.0.1"), "http://127.0.0.1: 503 Busy (0 ms)");
}

TEST_F(ProbeTest, EveryBodyTextCounts) {
  plan.body_texts.add({"\"status\":\"UP\"", BodyText::Rule::Required});
  plan.body_texts.add({"\"db\"", BodyText::Rule::Required});
  plan.body_texts.add({"DOWN", BodyText::Rule::Forbidden});
  struct Case {
    std::string body;
    const char* want;
  };
  for (const Case& row :
       {Case{"{\"db\":1,\"status\":\"UP\"}", "healthy: http://127.0.0.1: 200 OK (0 ms)"},
        {"{\n  \"status\" : \"UP\",\r\n\t\"db\": 1 }", "healthy: http://127.0.0.1: 200 OK (0 ms)"},
        {"{\"status\":\"UP\"}", "http://127.0.0.1: 200 OK, without the text of --body (0 ms)"},
        {"{\"db\":1,\"status\":\"UP\",\"x\":\"DO WN\"}",
         "http://127.0.0.1: 200 OK, with the text of --no-body (0 ms)"}}) {
    service(local).says = {{.text = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(row.body.size()) +
                                    "\r\n\r\n" + row.body}};
    EXPECT_EQ(message_for("http://127.0.0.1"), row.want);
    service(local).says = {{.text = "HTTP/1.1 200 OK\r\n\r\n" + row.body}, {}};
    EXPECT_EQ(message_for("http://127.0.0.1"), row.want);
  }
}

TEST_F(ProbeTest, ForbiddenTextNeedsTheWholeBody) {
  plan.body_texts.add({"DOWN", BodyText::Rule::Forbidden});
  service(local).says = {{.text = "HTTP/1.1 200 OK\r\n\r\nUP"}};
  EXPECT_EQ(message_for("http://127.0.0.1"), "http://127.0.0.1: 200 OK, but the body did not end within 3s");
  service(local).says = {{.text = "HTTP/1.1 200 OK\r\n\r\n" + std::string(70'000, 'x')}};
  EXPECT_EQ(probe("http://127.0.0.1").health, Health::Healthy) << "the first 64 KiB are enough";
}

TEST_F(ProbeTest, EndlessBodyIsDrainedUpToALimit) {
  service(local).says = {{.text = "HTTP/1.1 200 OK\r\n\r\n" + std::string(1'000'000, 'x')}};
  EXPECT_EQ(probe("http://127.0.0.1").health, Health::Healthy);
  EXPECT_GT(service(local).says.front().text.size(), 900'000U);
}

TEST_F(ProbeTest, GrpcServiceIsAnsweredWhileItAnswers) {
  using namespace std::string_literals;
  service("127.0.0.1:9").says = {{.text = "\0\0\0\4\0\0\0\0\0"s}, {.after = milliseconds(1)}};
  EXPECT_EQ(message_for("grpc://127.0.0.1:9"), "grpc://127.0.0.1:9: closed before the answer ended (1 ms)");
  EXPECT_TRUE(fake::network.sent.ends_with("\0\0\0\4\1\0\0\0\0"s)) << "SETTINGS are acknowledged";
}

TEST_F(ProbeTest, RequestThatIsTooLongIsNotSent) {
  service(local) = {};
  const std::string headers = "X: " + std::string(base::Arena::capacity, 'x') + "\r\n";
  plan.headers = headers;
  EXPECT_EQ(message_for("http://127.0.0.1"), "http://127.0.0.1: request too long");
  EXPECT_EQ(fake::network.calls, Calls{});
}

TEST_F(ProbeTest, ArenaIsAsItWasAfterEachProbe) {
  service(local).says = {{.text = ok}};
  fake::network.files["/p"] = "7\n";
  for (const char* target : {"http://127.0.0.1", "file:///f", "pid:///p", "tcp://127.0.0.1:1"}) {
    const std::size_t before = arena.size();
    Target read;
    std::string_view text = target;
    ASSERT_EQ(parse_target(text, read), nullptr);
    static_cast<void>(prober.probe(read, {base::Instant{} + seconds(9), seconds(9)}));
    EXPECT_EQ(arena.size(), before) << target;
  }
}

}  // namespace
}  // namespace healthcheck

#include <gtest/gtest.h>

#include <string>

#include "healthcheck/protocol/grpc/grpc_reader.hpp"
#include "healthcheck/protocol/grpc/grpc_request.hpp"
#include "tests/harness/answers/grpc_answers.hpp"

namespace healthcheck {
namespace {

using namespace grpc_answers;

struct Read {
  std::string words;
  std::string replies;
};

Read read(const std::string& bytes, std::size_t step) {
  GrpcReader reader;
  base::Arena replies;
  base::MessageBuilder line;
  for (std::size_t at = 0; at < bytes.size(); at += step)
    reader.feed(std::string_view{bytes}.substr(at, step), replies);
  std::string words = reader.is_over() ? "" : "waits, then ";
  reader.end();
  reader.add_verdict(line);
  words += line.text();
  EXPECT_EQ(reader.is_serving(), words == "SERVING") << words;
  return {words, std::string{replies.since(0)}};
}

TEST(GrpcReader, EveryAnswerHasItsVerdict) {
  for (const Answer& row : answers)
    EXPECT_EQ(read(row.bytes, row.bytes.size() + 1).words, row.want) << row.what;
}

TEST(GrpcReader, VerdictDoesNotDependOnCuts) {
  for (const Answer& row : answers) {
    Read at_once = read(row.bytes, row.bytes.size() + 1);
    for (std::size_t step : {std::size_t{1}, std::size_t{3}, std::size_t{10}}) {
      Read in_pieces = read(row.bytes, step);
      EXPECT_EQ(in_pieces.words, at_once.words) << row.what;
      EXPECT_EQ(in_pieces.replies, at_once.replies) << row.what;
    }
  }
}

TEST(GrpcReader, SettingsAndPingAreAcknowledged) {
  std::string want = frame(4, 1, "", 0) + frame(6, 1, "abcdefgh", 0);
  EXPECT_EQ(read(settings + frame(6, 0, "abcdefgh", 0), 1).replies, want);
  EXPECT_EQ(read(settings + frame(4, 1, "", 0) + frame(6, 1, "abcdefgh", 0), 1).replies, frame(4, 1, "", 0));
}

// The header block of a request without metadata.
std::string header_block(const std::string& authority, const std::string& user_agent) {
  return "\x83\x86\x04"s + text("/grpc.health.v1.Health/Check") + "\x01" + text(authority) + "\x0f\x10" +
         text("application/grpc") + "\0"s + text("te") + text("trailers") +
         (user_agent.empty() ? "" : "\x0f\x2b" + text(user_agent));
}

std::string request(const std::string& url, const Plan& plan = {.user_agent = "x/1"}) {
  Target target;
  EXPECT_EQ(parse_target(url, target), nullptr);
  base::Arena buffer;
  add_grpc_request(buffer, plan, target);
  return std::string{buffer.since(0)};
}

TEST(GrpcRequest, IsOneWriteThatWaitsForNothing) {
  EXPECT_EQ(request("grpc://localhost:50051/a.B"),
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, "\0\1\0\0\0\0\0\2\0\0\0\0"s, 0) +
                frame(1, 4, header_block("localhost:50051", "x/1")) + frame(0, 1, "\0\0\0\0\5\x0a\3a.B"s));
}

TEST(GrpcRequest, HeadersAreMetadataAndHostIsTheAuthority) {
  std::string sent =
      request("grpc://localhost:1", {.headers = "Host: app.example\r\nAuthorization:Bearer T\r\n"
                                                "X-Tenant:\r\nUSER-AGENT: mine\r\n"});
  EXPECT_TRUE(sent.contains(frame(1, 4,
                                  header_block("app.example", "") + "\0"s + text("authorization") +
                                      text("Bearer T") + "\0"s + text("user-agent") + text("mine"))));
}

TEST(GrpcRequest, HeadersThatHttp2DoesNotHaveAreLeftOut) {
  for (const char* name : {"Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade",
                           "Content-Length", "Content-Type", "TE"})
    EXPECT_EQ(request("grpc://localhost:1", {.headers = name + ": x\r\n"s, .user_agent = "x/1"}),
              request("grpc://localhost:1"))
        << name;
  EXPECT_TRUE(request("grpc://localhost:1", {.headers = "Host:\r\n"}).contains("\x0blocalhost:1"));
}

TEST(GrpcRequest, ServerAsAWholeHasNoName) {
  for (const char* url : {"grpc://localhost:1", "grpc://localhost:1/"})
    EXPECT_TRUE(request(url).ends_with(frame(0, 1, "\0\0\0\0\0"s)));
}

TEST(GrpcRequest, LongNamesHaveLongLengths) {
  std::string bytes = request("grpc://" + std::string(300, 'a') + "/" + std::string(200, 's'));
  // 127 in seven bits, then 173; the message: 200 bytes after a tag and two bytes of length.
  EXPECT_NE(bytes.find("\x01\x7f\xad\x01" + std::string(300, 'a')), bytes.npos);
  EXPECT_TRUE(bytes.ends_with(frame(0, 1, "\0\0\0\0\xcb\x0a\xc8\x01"s + std::string(200, 's'))));
}

}  // namespace
}  // namespace healthcheck

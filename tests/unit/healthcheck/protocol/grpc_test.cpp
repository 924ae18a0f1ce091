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

TEST(GrpcRequest, IsOneWriteThatWaitsForNothing) {
  base::Arena buffer;
  add_grpc_request(buffer, {.authority = "localhost:50051", .service = "a.B", .user_agent = "healthcheck/1"});
  std::string path = "/grpc.health.v1.Health/Check";
  std::string block = "\x83\x86\x04"s + text(path) + "\x01" + text("localhost:50051") + "\x0f\x10" +
                      text("application/grpc") + "\0"s + text("te") + text("trailers") + "\x0f\x2b" +
                      text("healthcheck/1");
  EXPECT_EQ(buffer.since(0), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" +
                                 frame(4, 0, "\0\1\0\0\0\0\0\2\0\0\0\0"s, 0) + frame(1, 4, block) +
                                 frame(0, 1, "\0\0\0\0\5\x0a\3a.B"s));
}

TEST(GrpcRequest, ServerAsAWholeHasNoName) {
  base::Arena buffer;
  add_grpc_request(buffer, {.authority = "localhost:1", .user_agent = "x"});
  EXPECT_TRUE(buffer.since(0).ends_with(frame(0, 1, "\0\0\0\0\0"s)));
}

TEST(GrpcRequest, LongNamesHaveLongLengths) {
  base::Arena buffer;
  const std::string authority(300, 'a'), service(200, 's');
  add_grpc_request(buffer, {.authority = authority, .service = service, .user_agent = "x"});
  std::string_view bytes = buffer.since(0);
  // 127 in seven bits, then 173; the message: 200 bytes after a tag and two bytes of length.
  EXPECT_NE(bytes.find("\x01\x7f\xad\x01" + authority), bytes.npos);
  EXPECT_TRUE(bytes.ends_with(frame(0, 1, "\0\0\0\0\xcb\x0a\xc8\x01"s + service)));
}

}  // namespace
}  // namespace healthcheck

#include "healthcheck/protocol/http/http_reader.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/harness/answers/body_texts.hpp"

namespace healthcheck {
namespace {

using namespace std::string_literals;

enum class Feed { at_once, byte_by_byte, in_threes };
enum class Then { stays, ends };

// Every result of the reader as one text, so that two ways of feeding it can be compared.
std::string read(const std::string& response, Then then, std::string_view wanted = {},
                 Feed feed = Feed::at_once, HttpReader::Body body = HttpReader::Body::Expected) {
  HttpReader reader{body, requiring(wanted)};
  std::size_t step = feed == Feed::at_once ? response.size() + 1 : feed == Feed::byte_by_byte ? 1 : 3;
  for (std::size_t at = 0; at < response.size(); at += step)
    reader.feed(std::string_view{response}.substr(at, step));
  if (then == Then::ends) reader.end();
  if (reader.problem() != nullptr) return reader.problem();
  if (!reader.has_headers()) return "waits";
  std::string words = std::to_string(reader.status()) + " " + std::string{reader.reason()};
  if (reader.is_over()) words += " over";
  if (!wanted.empty() && reader.search().has_required_texts()) words += " found";
  return words;
}

struct Case {
  std::string response;
  Then then;
  const char* want;
};

const Case cases[] = {
    // Whole responses of each kind.
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", Then::stays, "200 OK over"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Then::stays, "200 OK over"},
    {"HTTP/1.0 200 OK\r\n\r\nwhatever", Then::ends, "200 OK over"},
    {"HTTP/1.1 200 OK\r\n\r\n", Then::stays, "200 OK"},
    {"HTTP/1.1 204 No Content\r\n\r\n", Then::stays, "204 No Content over"},
    {"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", Then::stays, "304 Not Modified over"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", Then::stays, "200 OK over"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nT: x\r\n\r\n",
     Then::stays, "200 OK over"},
    {"HTTP/1.1 200 OK\r\ntransfer-encoding:chunked\r\ncontent-length: 7\r\n\r\nA\n0123456789\n0\n\n",
     Then::stays, "200 OK over"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nxx", Then::ends, "200 OK over"},
    {"HTTP/1.1 503 Service Unavailable\r\n\r\n", Then::ends, "503 Service Unavailable over"},
    {"HTTP/1.1 999 Odd\r\n\r\n", Then::ends, "999 Odd over"},
    // Deviations that are tolerated.
    {"HTTP/1.1 200 OK\nContent-Length: 2\n\nok", Then::stays, "200 OK over"},
    {"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", Then::stays, "200  over"},
    {"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok", Then::stays, "200  over"},
    {"HTTP/1.9 200 OK\r\nContent-Length: 2\r\n\r\nok", Then::stays, "200 OK over"},
    {"HTTP/1.1 200 OK\r\nContent-Length:\r\n 2\r\n\r\nok", Then::stays, "200 OK over"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nok", Then::stays, "200 OK over"},
    {"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", Then::ends, "200 OK over"},
    {"HTTP/1.1 200 OK\r\nX: " + std::string(60'000, 'x') + "\r\n\r\n", Then::ends, "200 OK over"},
    // Interim responses.
    {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", Then::ends, "200 OK over"},
    {"HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\nHTTP/1.1 102 P\r\n\r\nHTTP/1.1 404 No\r\n\r\n",
     Then::ends, "404 No over"},
    {"HTTP/1.1 101 Switching Protocols\r\n\r\n", Then::stays, "101 Switching Protocols over"},
    {"HTTP/1.1 100 Continue\r\n\r\n", Then::stays, "waits"},
    {"HTTP/1.1 100 Continue\r\n\r\n", Then::ends, "headers cut short"},
    // Cut short.
    {"", Then::stays, "waits"},
    {"", Then::ends, "closed without an answer"},
    {"HTTP/1.1 20", Then::ends, "headers cut short"},
    {"HTTP/1.1 200 OK", Then::ends, "headers cut short"},
    {"HTTP/1.1 200 OK\r\n", Then::ends, "headers cut short"},
    {"HTTP/1.1 200 OK\r\nA: b\r\n", Then::ends, "headers cut short"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok", Then::ends, "body cut short"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nok", Then::ends, "body cut short"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", Then::ends, "body cut short"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", Then::ends, "body cut short"},
    // Status lines, malformed in every way.
    {"HTTP/abc 200 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"HTTP/1.1 2000 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"HTTP/1.1 20 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"HTTP/1.1 099 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"HTTP/1.1  200 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"HTTP/1.1\t200 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"HTTP/1.10 200 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"HTTP/2 200\r\n\r\n", Then::stays, "malformed status line"},
    {"HTTP/2.0 200 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"HTTP/0.9 200 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"http/1.1 200 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"ICY 200 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"<html></html>", Then::stays, "malformed status line"},
    {"\r\nHTTP/1.1 200 OK\r\n\r\n", Then::stays, "malformed status line"},
    {" HTTP/1.1 200 OK\r\n\r\n", Then::stays, "malformed status line"},
    {"SSH-2.0-OpenSSH_9.2\r\n", Then::stays, "malformed status line"},
    {"\0\0\0\0\0"s, Then::stays, "malformed status line"},
    {"\x15\x03\x01\x00\x02\x02\x46"s, Then::stays, "a TLS server, not plain HTTP"},
    {"\x16\x03\x01"s, Then::stays, "a TLS server, not plain HTTP"},
    {"\0\0\x12\x04\0\0\0\0\0"s, Then::stays, "an HTTP/2 server, not HTTP/1"},
    // Lengths and chunks that are wrong.
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n", Then::stays,
     "invalid Content-Length"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\n", Then::stays, "invalid Content-Length"},
    {"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", Then::stays, "invalid Content-Length"},
    {"HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n", Then::stays, "invalid Content-Length"},
    {"HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n", Then::stays, "invalid Content-Length"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\n", Then::stays, "invalid Content-Length"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\n", Then::stays, "invalid Content-Length"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n", Then::stays,
     "invalid Content-Length"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n\r\n", Then::stays,
     "invalid Content-Length"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551618\r\n\r\nok", Then::stays,
     "invalid Content-Length"},
    {"HTTP/1.1 200 OK\r\nContent-Length: " + std::string(200, ' ') + "1\r\n\r\n", Then::stays,
     "invalid Content-Length"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n", Then::stays, "200 OK"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", Then::stays,
     "chunk size too large"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", Then::stays, "malformed chunk"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", Then::stays, "malformed chunk"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokay\r\n", Then::stays, "malformed chunk"},
    {"HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x'), Then::stays, "more than 64 KiB of headers"},
};

TEST(HttpReader, EveryResponseHasItsVerdict) {
  for (const Case& row : cases)
    EXPECT_EQ(read(row.response, row.then), row.want) << row.response.substr(0, 120);
}

TEST(HttpReader, VerdictDoesNotDependOnCuts) {
  for (const Case& row : cases) {
    EXPECT_EQ(read(row.response, row.then, {}, Feed::byte_by_byte), row.want) << row.response.substr(0, 120);
    EXPECT_EQ(read(row.response, row.then, {}, Feed::in_threes), row.want) << row.response.substr(0, 120);
  }
}

TEST(HttpReader, EveryPrefixIsCutShortOrWaits) {
  std::string whole = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
  for (std::size_t length = 1; length < whole.size(); ++length) {
    std::string words = read(whole.substr(0, length), Then::ends);
    EXPECT_TRUE(words == "headers cut short" || words == "body cut short") << length << ": " << words;
  }
}

TEST(HttpReader, BreakIsNotTheEndOfABody) {
  for (const char* response : {"HTTP/1.1 200 OK\r\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
                               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"}) {
    HttpReader reader{HttpReader::Body::Expected, {}};
    reader.feed(response);
    reader.end(HttpReader::End::Broken);
    EXPECT_STREQ(reader.problem(), "body cut short, connection reset") << response;
  }
}

TEST(HttpReader, BodyOfKnownLengthIsReadToItsEnd) {
  for (std::size_t size : {1U, 65'536U, 65'537U}) {
    HttpReader reader{HttpReader::Body::Expected, {}};
    reader.feed("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n");
    EXPECT_EQ(reader.awaits_end(), size <= 65'536) << size;
    reader.feed(std::string(size, 'x'));
    EXPECT_FALSE(reader.awaits_end());
  }
}

TEST(HttpReader, AnswerToHeadHasNoBody) {
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", Then::stays, {}, Feed::at_once,
                 HttpReader::Body::Absent),
            "200 OK over");
}

TEST(HttpReader, TextIsFoundInEveryFraming) {
  for (const char* response : {
           "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nxxhealthyxx",
           "HTTP/1.1 200 OK\r\n\r\nxxhealthyxx",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
           "chunked\r\n\r\n4\r\nxxhe\r\n1\r\na\r\n6\r\nlthyxx\r\n0\r\n\r\n",
       })
    for (Feed feed : {Feed::at_once, Feed::byte_by_byte, Feed::in_threes})
      EXPECT_EQ(read(response, Then::ends, "healthy", feed), "200 OK over found") << response;
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nX: healthy\r\n\r\nsick", Then::ends, "healthy"), "200 OK over");
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nheal"
                 "thy",
                 Then::ends, "healthy"),
            "200 OK over");
}

TEST(HttpReader, OnlyTheFirst64KiBAreSearched) {
  std::string head = "HTTP/1.1 200 OK\r\n\r\n";
  EXPECT_EQ(read(head + std::string(65536 - 2, 'x') + "ok", Then::stays, "ok"), "200 OK found");
  EXPECT_EQ(read(head + std::string(65536 - 1, 'x') + "ok", Then::stays, "ok"), "200 OK");
  HttpReader reader{HttpReader::Body::Expected, requiring("ok")};
  reader.feed(head + std::string(65535, 'x'));
  EXPECT_TRUE(reader.is_searching());
  reader.feed("x");
  EXPECT_FALSE(reader.is_searching());
}

TEST(HttpReader, ReasonIsKeptUnchanged) {
  HttpReader reader{HttpReader::Body::Expected, {}};
  reader.feed("HTTP/1.1 500 \x1b[31m\0\x07" + std::string(500, 'x') + "\r\n\r\n");
  EXPECT_TRUE(reader.reason().starts_with("\x1b[31m"));
  EXPECT_LE(reader.reason().size(), 128U);
}

}  // namespace
}  // namespace healthcheck

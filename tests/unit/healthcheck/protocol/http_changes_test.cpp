// Changes each byte of right HTTP answers, and cuts them everywhere. The body must contain a text, so that
// its loss is noticed.
#include "changes.hpp"
#include "healthcheck/protocol/http/http_reader.hpp"
#include "healthcheck/protocol/http/status_list.hpp"
#include "tests/harness/answers/body_texts.hpp"

namespace healthcheck {
namespace {

using changes::any;
using changes::Byte;
using changes::joined;
using changes::Table;

bool is_healthy(const std::string& answer) {
  HttpReader reader{HttpReader::Body::Expected, requiring("well")};
  reader.feed(answer);
  reader.end();
  return reader.problem() == nullptr && reader.status() != 101 &&
         contains_status("200-399", reader.status()) && reader.search().has_required_texts();
}

bool digit(Byte value) { return value >= '0' && value <= '9'; }
bool digit_but_1(Byte value) { return digit(value) && value != '1'; }
bool digit_but_4(Byte value) { return digit(value) && value != '4'; }
bool three(Byte value) { return value == '3'; }
bool two_or_three(Byte value) { return value == '2' || value == '3'; }
bool line_feed(Byte value) { return value == '\n'; }
bool no_line_feed(Byte value) { return value != '\n'; }
bool blank_or_zero(Byte value) { return value == '\t' || value == '\r' || value == '0'; }
bool end_of_number(Byte value) { return value == '\t' || value == ' ' || value == ','; }
bool end_of_size(Byte value) { return value == '\t' || value == ' ' || value == ';'; }
bool end_of_last_size(Byte value) { return end_of_size(value) || value == '\n' || value == '0'; }

constexpr const char* another_version = "another minor version of HTTP/1";
constexpr const char* another_status = "another healthy status";
constexpr const char* another_reason = "the reason has no meaning, and a line may end without CR";
constexpr const char* no_reason = "the status line ends, and the reason is a line without meaning";
constexpr const char* no_framing = "without this header, the body ends with the connection";
constexpr const char* same_number = "blanks around a number, a zero before it and an empty list after it";

Table status_line(const Table& rest) {
  const Table table{
      {"status", 7, 7, digit, another_version},  {"status", 9, 9, three, another_status},
      {"status", 10, 10, digit, another_status}, {"status", 11, 11, digit_but_4, another_status},
      {"status", 12, 12, line_feed, no_reason},  {"status", 13, 15, any, another_reason}};
  return joined({table, rest});
}

Table known_length() {
  return status_line({{"status", 16, 16, any, no_framing},
                      {"length", 0, 14, any, no_framing},
                      {"length", 15, 15, blank_or_zero, same_number},
                      {"length", 17, 17, end_of_number, same_number}});
}

void check(changes::Answer answer) {
  answer.expect_every_change_found(is_healthy);
  answer.expect_every_cut_found(answer.bytes().size(), is_healthy);
}

TEST(HttpChanges, AreFoundInAnswerOfKnownLength) {
  check({{{"status", "HTTP/1.1 200 OK\r\n"},
          {"length", "Content-Length: 4\r\n"},
          {"end", "\r\n"},
          {"body", "well"}},
         known_length()});
}

TEST(HttpChanges, AreFoundInChunkedAnswer) {
  check(
      {{{"status", "HTTP/1.1 200 OK\r\n"},
        {"coding", "Transfer-Encoding: chunked\r\n"},
        {"end", "\r\n"},
        {"chunk", "4\r\nwell\r\n"},
        {"last chunk", "0\r\n\r\n"}},
       status_line({{"status", 16, 16, any, no_framing},
                    {"coding", 0, 25, any, no_framing},
                    {"coding", 26, 26, no_line_feed, no_framing},
                    {"chunk", 0, 0, [](Byte value) { return value == '5'; }, "the CR becomes a part of it"},
                    {"chunk", 1, 1, end_of_size, "blanks and extensions after the size"},
                    {"last chunk", 1, 1, end_of_last_size, "blanks and extensions, a bare LF, another zero"},
                    {"last chunk", 3, 3, line_feed, "a bare LF"}})});
}

TEST(HttpChanges, AreFoundInAnswerThatEndsWithTheConnection) {
  check({{{"status", "HTTP/1.0 200 OK\r\n"}, {"end", "\r\n"}, {"body", "well"}},
         status_line({{"end", 0, 0, line_feed, "a bare LF ends the headers, and another begins the body"}})});
}

TEST(HttpChanges, AreFoundAfterInterimResponse) {
  const Table interim{
      {"interim", 7, 7, digit, another_version},
      {"interim", 9, 9, two_or_three, "the status of a final response, which ends with the connection"},
      {"interim", 10, 10, digit, "another interim status"},
      {"interim", 11, 11, digit_but_1, "another interim status"},
      {"interim", 12, 12, line_feed, no_reason},
      {"interim", 13, 15, any, another_reason},
      {"interim", 16, 17, no_line_feed, another_reason}};
  check({{{"interim", "HTTP/1.1 103 Hint\r\n\r\n"},
          {"status", "HTTP/1.1 200 OK\r\n"},
          {"length", "Content-Length: 4\r\n"},
          {"end", "\r\n"},
          {"body", "well"}},
         joined({known_length(), interim})});
}

}  // namespace
}  // namespace healthcheck

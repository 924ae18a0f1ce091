// Changes each byte of a right gRPC answer, and cuts it everywhere.
#include "changes.hpp"
#include "healthcheck/protocol/grpc/grpc_reader.hpp"
#include "tests/harness/answers/grpc_answers.hpp"

namespace healthcheck {
namespace {

using changes::any;
using changes::Byte;
using changes::joined;
using changes::Table;
using namespace grpc_answers;

bool is_healthy(const std::string& answer) {
  GrpcReader reader;
  base::Arena replies;
  reader.feed(answer, replies);
  reader.end();
  return reader.is_serving();
}

bool reserved_bit(Byte value) { return value == 0x80; }
bool unknown_type(Byte value) { return value > 9; }
bool with_end_of_headers(Byte value) { return (value & 0x2d) == 4; }
bool with_both_ends(Byte value) { return (value & 0x2d) == 5; }
bool without_end_or_padding(Byte value) { return (value & 9) == 0; }
bool no_acknowledgement(Byte value) { return (value & 1) == 0; }
bool literal_form(Byte value) { return value == 0x10 || value == 0x40; }
bool never_indexed_form(Byte value) { return value == 0x1f; }
bool coded_four(Byte value) { return value == 0x84; }
bool coded_none(Byte value) { return value == 0x80; }
bool in_names(Byte value) {
  return value > ' ' && value < 0x7f && (value < 'A' || value > 'Z') && value != ':';
}
bool in_values(Byte value) { return value != '\0' && value != '\r' && value != '\n'; }
bool not_zero(Byte value) { return value != 0; }

// The changes of a frame's header that leave it right: of the flags, and of the bit before the stream's
// number.
Table in_frame(const char* part, bool (*flags)(Byte),
               const char* reason = "flags that a frame does not have are ignored") {
  return {{part, 4, 4, flags, reason}, {part, 5, 5, reserved_bit, "the reserved bit is ignored"}};
}

Table unknown(const char* part) {
  return {{part, 3, 3, unknown_type, "frames of unknown types are ignored"}};
}

Table allowed() {
  return joined({
      in_frame("settings", no_acknowledgement),
      {{"settings", 9, 14, any, "settings limit what a client sends later, and this one sends nothing"}},
      unknown("acknowledgement"),
      in_frame("acknowledgement", any, "without its flag, it is SETTINGS without a setting"),
      unknown("window update"),
      in_frame("window update", any),
      {{"window update", 8, 8, [](Byte value) { return value == 1; }, "the window of the stream"},
       {"window update", 9, 10, any, "another increment"},
       {"window update", 11, 11, not_zero, "another increment"},
       {"window update", 12, 12, any, "another increment"}},
      in_frame("headers", with_end_of_headers),
      {{"headers", 10, 10, never_indexed_form, "another form of the same header"},
       {"headers", 29, 29, literal_form, "another form of the same header"},
       {"headers", 30, 30, coded_four, "its four bytes are a right Huffman code, too"},
       {"headers", 31, 34, in_names, "another header without meaning"},
       {"headers", 36, 38, in_values, "a value without meaning"}},
      in_frame("data", without_end_or_padding),
      {{"trailers", 2, 2, [](Byte value) { return value == 15; }, "it ends behind grpc-status"}},
      in_frame("trailers", with_both_ends),
      {{"trailers", 9, 9, literal_form, "another form of the same header"},
       {"trailers", 24, 24, literal_form, "another form of the same header"},
       {"trailers", 26, 37, in_names, "another header without meaning"},
       {"trailers", 38, 38, coded_none, "an empty Huffman code"}},
  });
}

changes::Answer serving() {
  return {{{"settings", frame(4, 0, "\0\3\0\0\0\x64"s, 0)},
           {"acknowledgement", frame(4, 1, "", 0)},
           {"window update", frame(8, 0, "\0\0\1\0"s, 0)},
           {"headers", frame(1, 4, ok_headers + literal("date", "now"))},
           {"data", data(1)},
           {"trailers", frame(1, 5, literal("grpc-status", "0") + literal("grpc-message", ""))}},
          allowed()};
}

TEST(GrpcChanges, EveryChangeOfAByteIsFound) { serving().expect_every_change_found(is_healthy); }

TEST(GrpcChanges, EveryCutIsFound) {
  changes::Answer answer = serving();
  answer.expect_every_cut_found(answer.bytes().size(), is_healthy);
}

}  // namespace
}  // namespace healthcheck

// The answers, correct and incorrect, that a gRPC server may give to the health call, and the verdict on
// each: for the reader alone, and for the program over a connection.
#pragma once

#include <string>

namespace grpc_answers {

using namespace std::string_literals;

inline std::string frame(int type, int flags, const std::string& payload, int stream = 1) {
  std::string text;
  text += static_cast<char>(payload.size() >> 16);
  text += static_cast<char>(payload.size() >> 8);
  text += static_cast<char>(payload.size());
  text += static_cast<char>(type);
  text += static_cast<char>(flags);
  text += "\0\0\0"s + static_cast<char>(stream);
  return text + payload;
}

inline std::string text(const std::string& words) {
  return std::string{static_cast<char>(words.size())} + words;
}
inline std::string literal(const std::string& name, const std::string& value) {
  return "\0"s + text(name) + text(value);
}

inline const std::string settings = frame(4, 0, "", 0);
inline const std::string ok_headers = "\x88" + "\x0f\x10"s + text("application/grpc");
inline const std::string headers = frame(1, 4, ok_headers);
inline std::string message(int status) { return "\0\0\0\0\2\x08"s + static_cast<char>(status); }
inline std::string data(int status) { return frame(0, 0, message(status)); }
inline std::string trailers(const std::string& status) { return frame(1, 5, literal("grpc-status", status)); }
inline const std::string good_end = trailers("0");

struct Answer {
  const char* what;
  std::string bytes;
  // The words of the verdict; after "waits, then" the words if the connection ends there.
  const char* want;
};

inline const Answer answers[] = {
    {"serving", settings + headers + data(1) + good_end, "SERVING"},
    {"not serving", settings + headers + data(2) + good_end, "NOT_SERVING"},
    {"unknown", settings + headers + frame(0, 0, "\0\0\0\0\0"s) + good_end, "UNKNOWN"},
    {"service unknown to Watch", settings + headers + data(3) + good_end, "SERVICE_UNKNOWN"},
    {"trailers only, not found", settings + frame(1, 5, ok_headers + literal("grpc-status", "5")),
     "unknown service"},
    {"trailers only, unimplemented", settings + frame(1, 5, ok_headers + literal("grpc-status", "12")),
     "no health service (UNIMPLEMENTED)"},
    {"other status", settings + headers + trailers("14"), "gRPC status 14"},
    {"status OK without a message", settings + headers + good_end, "no message"},
    {"a message and no status", settings + headers + frame(0, 1, message(1)), "no grpc-status"},
    {"serving, but status not OK", settings + headers + data(1) + trailers("13"), "gRPC status 13"},
    {"status that is no number", settings + headers + data(1) + trailers("ok"), "no grpc-status"},
    // Huffman-coded names and values.
    {"Huffman grpc-status 0",
     settings + headers + data(1) + frame(1, 5, "\0\x88\x9a\xca\xc8\xb2\x12\x34\xda\x8f\x81\x07"s),
     "SERVING"},
    {"Huffman grpc-status 12",
     settings + headers + frame(1, 5, "\0\x88\x9a\xca\xc8\xb2\x12\x34\xda\x8f\x82\x08\xbf"s),
     "no health service (UNIMPLEMENTED)"},
    {"Huffman grpc-status 5",
     settings + headers + frame(1, 5, "\0\x88\x9a\xca\xc8\xb2\x12\x34\xda\x8f\x81\x6f"s), "unknown service"},
    {"Huffman value that is no number",
     settings + headers + data(1) + frame(1, 5, "\0\x88\x9a\xca\xc8\xb2\x12\x34\xda\x8f\x81\x3f"s),
     "no grpc-status"},
    {"Huffman value of padding only",
     settings + headers + data(1) + frame(1, 5, "\0\x88\x9a\xca\xc8\xb2\x12\x34\xda\x8f\x81\xff"s),
     "malformed headers"},
    {"Huffman content type",
     settings + frame(1, 4, "\x88\x0f\x10\x8b\x1d\x75\xd0\x62\x0d\x26\x3d\x4c\x4d\x65\x64"s) + data(1) +
         good_end,
     "SERVING"},
    {"content type with a suffix",
     settings + frame(1, 4, "\x88\x0f\x10"s + text("application/grpc+proto")) + data(1) + good_end,
     "SERVING"},
    {"names in full",
     settings + frame(1, 4, literal(":status", "200") + literal("content-type", "application/grpc")) +
         data(1) + good_end,
     "SERVING"},
    {"every literal form, and a table size update",
     settings +
         frame(1, 4,
               "\x20\x48"s + text("200") + "\x1f\x10"s + text("application/grpc") + "\x40"s + text("x") +
                   text("y")) +
         data(1) + good_end,
     "SERVING"},
    {"Huffman names",
     settings +
         frame(1, 4,
               "\0\x85\xb8\x84\x8d\x36\xa3\x82\x10\x01\0\x89\x21\xea\x49\x6a\x4a\xc9\xf5\x59\x7f\x8b"
               "\x1d\x75\xd0\x62\x0d\x26\x3d\x4c\x4d\x65\x64"s) +
         data(1) + good_end,
     "SERVING"},
    {"Huffman name with too much padding",
     settings + headers + data(1) + frame(1, 5, "\0\x89\x9a\xca\xc8\xb2\x12\x34\xda\x8f\xff\1\x30"s),
     "malformed headers"},
    {"Huffman name padded with zeros", settings + headers + data(1) + frame(1, 5, "\0\x81\x18\1\x30"s),
     "malformed headers"},
    {"Huffman end of string", settings + headers + frame(1, 5, "\0\x84\xff\xff\xff\xff\1\x30"s),
     "malformed headers"},
    {"content type that only begins so",
     settings + frame(1, 4, "\x88\x0f\x10"s + text("application/grpc-web")) + data(1) + good_end,
     "not gRPC, by its content type"},
    // The message: fields in any order, unknown ones of every type.
    {"unknown fields around the status",
     settings + headers +
         frame(0, 0,
               "\0\0\0\0\x1f"s + "\x12\3abc" + "\x19" "12345678" + "\x25" "1234" + "\x10\xff\x01" + "\x08\1" +
                   "\xfa\x07\4\x08\2\x08\2"s) +
         good_end,
     "SERVING"},
    {"the last status counts", settings + headers + frame(0, 0, "\0\0\0\0\4\x08\1\x08\2"s) + good_end,
     "NOT_SERVING"},
    {"status in more bytes than it needs",
     settings + headers + frame(0, 0, "\0\0\0\0\3\x08\x81\0"s) + good_end, "SERVING"},
    {"a status beyond the enumeration",
     settings + headers + frame(0, 0, "\0\0\0\0\6\x08\x81\x80\x80\x80\x10"s) + good_end, "UNKNOWN"},
    {"status in another field", settings + headers + frame(0, 0, "\0\0\0\0\2\x10\1"s) + good_end, "UNKNOWN"},
    {"field that is longer than the message",
     settings + headers + frame(0, 0, "\0\0\0\0\4\x08\1\x12\5"s) + good_end, "no message"},
    {"message that ends in a number",
     settings + headers + frame(0, 0, "\0\0\0\0\3\x08\1\x10"s) + good_end, "no message"},
    {"field number 0", settings + headers + frame(0, 0, "\0\0\0\0\4\x08\1\0\0"s) + good_end,
     "malformed message"},
    {"field of a type that does not exist",
     settings + headers + frame(0, 0, "\0\0\0\0\3\x08\1\x0e"s) + good_end, "malformed message"},
    {"two messages", settings + headers + data(1) + data(1) + good_end, "more than one message"},
    // Framing.
    {"reserved bits",
     settings + frame(8, 0, "\x80\0\1\0"s, 0) + "\0\0\x14\1\4\x80\0\0\1"s + ok_headers + data(1) + good_end,
     "SERVING"},
    {"padding and priority",
     settings + frame(1, 4 | 8 | 0x20, "\3\0\0\0\0\x10"s + ok_headers + "\0\0\0"s) +
         frame(0, 8, "\2"s + message(1) + "\0\0"s) + good_end,
     "SERVING"},
    {"continuation",
     settings + frame(1, 0, ok_headers.substr(0, 5)) + frame(9, 0, ok_headers.substr(5, 3)) +
         frame(9, 4, ok_headers.substr(8)) + data(1) + good_end,
     "SERVING"},
    {"message in pieces",
     settings + headers + frame(0, 0, message(1).substr(0, 3)) + frame(0, 0, "") +
         frame(0, 0, message(1).substr(3)) + good_end,
     "SERVING"},
    {"interim response",
     settings +
         frame(1, 4,
               "\x08\x03"
               "103"s) +
         headers + data(1) + good_end,
     "SERVING"},
    {"window updates and unknown frames",
     settings + frame(8, 0, "\0\0\1\0"s, 0) + headers + frame(77, 3, "what") + data(1) +
         frame(2, 0, "\0\0\0\0\1"s) + good_end,
     "SERVING"},
    {"graceful GOAWAY before the answer",
     settings + frame(7, 0, "\0\0\0\1\0\0\0\0"s, 0) + headers + data(1) + good_end, "SERVING"},
    // Failures.
    {"nothing", "", "waits, then closed without an answer"},
    {"settings only", settings, "waits, then closed before the answer ended"},
    {"no trailers", settings + headers + data(1), "waits, then closed before the answer ended"},
    {"GOAWAY with an error", settings + frame(7, 0, "\0\0\0\0\0\0\0\2debug"s, 0), "GOAWAY, error 2"},
    {"RST_STREAM", settings + headers + frame(3, 0, "\0\0\0\7"s), "stream reset, error 7"},
    {"PUSH_PROMISE", settings + frame(5, 4, "\0\0\0\2"s), "malformed frames"},
    {"SETTINGS of a stream", frame(4, 0, "", 1), "not HTTP/2"},
    {"acknowledgement instead of SETTINGS", frame(4, 1, "", 0), "not HTTP/2"},
    {"SETTINGS of a broken size", settings + frame(4, 0, "12345", 0), "malformed frames"},
    {"acknowledgement with settings", settings + frame(4, 1, "123456", 0), "malformed frames"},
    {"PING of a stream", settings + frame(6, 0, "12345678", 1), "malformed frames"},
    {"PING of seven bytes", settings + frame(6, 0, "1234567", 0), "malformed frames"},
    {"GOAWAY of a stream", settings + frame(7, 0, "\0\0\0\1\0\0\0\0"s, 1), "malformed frames"},
    {"GOAWAY of four bytes", settings + frame(7, 0, "\0\0\0\1"s, 0), "malformed frames"},
    {"GOAWAY that leaves the call out", settings + frame(7, 0, "\0\0\0\0\0\0\0\0"s, 0), "GOAWAY"},
    {"window update of another stream", settings + frame(8, 0, "\0\0\1\0"s, 3), "malformed frames"},
    {"window update of nothing", settings + frame(8, 0, "\0\0\0\0"s, 0), "malformed frames"},
    {"window update of two bytes", settings + frame(8, 0, "\0\1"s, 0), "malformed frames"},
    {"headers of another stream", settings + frame(1, 4, ok_headers, 3), "malformed frames"},
    {"data of another stream", settings + headers + frame(0, 0, message(1), 3), "malformed frames"},
    {"data of the connection", settings + headers + frame(0, 0, message(1), 0), "malformed frames"},
    {"trailers of another stream",
     settings + headers + data(1) + frame(1, 5, literal("grpc-status", "0"), 3), "malformed frames"},
    {"continuation of another stream",
     settings + frame(1, 0, ok_headers.substr(0, 5)) + frame(9, 4, ok_headers.substr(5), 3),
     "malformed frames"},
    {"reset of another stream", settings + headers + frame(3, 0, "\0\0\0\7"s, 3), "malformed frames"},
    {"headers that neither begin nor end the answer",
     settings + headers + data(1) + frame(1, 4, literal("grpc-status", "0")), "malformed frames"},
    {"interim response that ends the stream", settings + frame(1, 5, "\x08\x03" "103"s), "malformed frames"},
    {"priority without its bytes", settings + frame(1, 4 | 0x20, "\0\0\0"s), "malformed frames"},
    {"padding without its length", settings + headers + frame(0, 8, ""), "malformed frames"},
    {"oversized frame", settings + "\0\x40\1\0\0\0\0\0\1"s, "malformed frames"},
    {"padding longer than the frame", settings + headers + frame(0, 8, "\xff" + message(1)),
     "malformed frames"},
    {"another frame inside of a header block", settings + frame(1, 0, ok_headers) + data(1),
     "malformed frames"},
    {"continuation of nothing", settings + frame(9, 4, ok_headers), "malformed frames"},
    {"data before headers", settings + data(1), "malformed frames"},
    {"dynamic index", settings + frame(1, 4, "\xbe"), "malformed headers"},
    {"index 0", settings + frame(1, 4, "\x80"), "malformed headers"},
    {"no status in the headers", settings + frame(1, 4, ok_headers.substr(1)), "malformed headers"},
    {"two statuses in the headers", settings + frame(1, 4, "\x88" + ok_headers), "malformed headers"},
    {"status behind other headers", settings + frame(1, 4, ok_headers.substr(1) + "\x88"), "malformed headers"},
    {"status in the trailers",
     settings + headers + data(1) + frame(1, 5, literal("grpc-status", "0") + "\x88"), "malformed headers"},
    {"status of four digits", settings + frame(1, 4, "\x08\4" "0200"), "malformed headers"},
    {"header of a request", settings + frame(1, 4, "\x88\x83"), "malformed headers"},
    {"unknown pseudo-header", settings + frame(1, 4, "\x88" + literal(":stat", "1")), "malformed headers"},
    {"capitals in a name", settings + frame(1, 4, ok_headers + literal("X-y", "1")), "malformed headers"},
    {"no name", settings + frame(1, 4, ok_headers + literal("", "1")), "malformed headers"},
    {"line's end in a value", settings + frame(1, 4, ok_headers + literal("x", "1\n")), "malformed headers"},
    {"table size that we did not allow", settings + frame(1, 4, "\x21" + ok_headers), "malformed headers"},
    {"table size in the middle", settings + frame(1, 4, ok_headers + "\x20"), "malformed headers"},
    {"two gRPC statuses",
     settings + headers + data(1) +
         frame(1, 5, literal("grpc-status", "5") + literal("grpc-status", "0")),
     "malformed headers"},
    {"endless number", settings + frame(1, 4, "\xff\xff\xff\xff\xff\xff\xff"), "malformed headers"},
    {"headers cut in a field",
     settings + frame(1, 4,
                      "\x88\x0f\x10\x10"
                      "appl"),
     "malformed headers"},
    {"HTTP error", settings + frame(1, 4, "\x8d"), "not gRPC, HTTP status 404"},
    {"HTTP error, literal",
     settings + frame(1, 4,
                      "\x08\x03"
                      "503"s),
     "not gRPC, HTTP status 503"},
    {"wrong content type", settings + frame(1, 4, "\x88\x0f\x10"s + text("text/html")),
     "not gRPC, by its content type"},
    {"no content type", settings + frame(1, 4, "\x88"), "not gRPC, by its content type"},
    {"compressed message", settings + headers + frame(0, 0, "\1\0\0\0\2\x08\1"s), "compressed message"},
    {"message shorter than it says", settings + headers + frame(0, 0, "\0\0\0\0\7\x08\1"s) + good_end,
     "no message"},
    {"HTTP/1 server", "HTTP/1.1 400 Bad Request\r\n\r\n", "an HTTP/1 server, not gRPC"},
    {"TLS server", "\x15\x03\x01\x00\x02\x02\x46"s, "a TLS server, not plain gRPC"},
    {"something else", "SSH-2.0-OpenSSH_9.2\r\n", "not HTTP/2"},
    {"PING flood",
     [] {
       std::string flood = settings;
       while (flood.size() < 70'000) flood += frame(6, 0, "12345678", 0);
       return flood;
     }(),
     "more than 64 KiB of frames"},
};

}  // namespace grpc_answers

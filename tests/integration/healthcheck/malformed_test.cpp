// Tests answers that are no HTTP/1, or not quite: each must get the right verdict and message.
#include "misbehaving.hpp"

namespace healthcheck_test {
namespace {

using namespace std::string_literals;

const Case cases[] = {
    // Not HTTP/1.
    {"status line: HTTP/abc", answer_and_close("HTTP/abc 200 OK\r\n\r\n"), "malformed status line"},
    {"status line: four digits", answer_and_close("HTTP/1.1 2000 OK\r\n\r\n"), "malformed status line"},
    {"status line: no digits", answer_and_close("HTTP/1.1 OK\r\n\r\n"), "malformed status line"},
    {"status line: two blanks", answer_and_close("HTTP/1.1  200 OK\r\n\r\n"), "malformed status line"},
    {"status line: one digit too few", answer_and_close("HTTP/1.1 20 OK\r\n\r\n"), "malformed status line"},
    {"status line: lower case", answer_and_close("http/1.1 200 OK\r\n\r\n"), "malformed status line"},
    {"status line: a tab", answer_and_close("HTTP/1.1\t200 OK\r\n\r\n"), "malformed status line"},
    {"status line: no version", answer_and_close("HTTP 200 OK\r\n\r\n"), "malformed status line"},
    {"status line: empty", answer_and_close("\r\n" + ok + "\r\n"), "malformed status line"},
    {"HTTP/0.9", answer_and_close("<html>healthy</html>\n"), "malformed status line"},
    {"ICY", answer_and_close("ICY 200 OK\r\n\r\n"), "malformed status line"},
    {"HTTP/2", answer_and_hold("\0\0\x06\4\0\0\0\0\0\0\3\0\0\0\x64"s), "an HTTP/2 server, not HTTP/1", 100ms},
    {"TLS alert", answer_and_hold("\x15\x03\x01\0\2\2\x46"s), "a TLS server, not plain HTTP", 100ms},
    {"a banner",
     [](Connection& connection) {
       connection.write("SSH-2.0-OpenSSH_9.2p1\r\n");
       connection.hold();
     },
     "malformed status line", 100ms},
    // Tolerated.
    {"bare LF", answer_and_hold("HTTP/1.1 200 OK\nContent-Length: 0\n\n"), nullptr},
    {"no reason", answer_and_hold("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"), nullptr},
    {"folded header", answer_and_hold(ok + "X: a\r\n b\r\n\tc\r\nContent-Length: 0\r\n\r\n"), nullptr},
    // Wrong lengths.
    {"two Content-Lengths", answer_and_hold(ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"),
     "invalid Content-Length"},
    {"negative Content-Length", answer_and_hold(ok + "Content-Length: -2\r\n\r\n"), "invalid Content-Length"},
    {"huge Content-Length", answer_and_hold(ok + "Content-Length: 99999999999999999999\r\n\r\n"),
     "invalid Content-Length"},
    {"Content-Length of 2 to the 64th", answer_and_hold(ok + "Content-Length: 18446744073709551616\r\n\r\n"),
     "invalid Content-Length"},
    {"chunk size that overflows",
     answer_and_hold(ok + "Transfer-Encoding: chunked\r\n\r\n10000000000000002\r\nok\r\n"),
     "chunk size too large"},
    // The reason, which is printed.
    {"escapes in the reason", answer_and_close("HTTP/1.1 500 \x1b[2J\0\x7f\n\r\n"s),
     "500 \\x1b[2J\\x00\\x7f ("},
    {"an endless reason", answer_and_hold("HTTP/1.1 500 " + std::string(5000, 'x') + "\r\n\r\n"), "xxx... ("},
};

TEST(Malformed, EveryAnswerHasItsVerdict) { expect_verdicts(cases); }

}  // namespace
}  // namespace healthcheck_test

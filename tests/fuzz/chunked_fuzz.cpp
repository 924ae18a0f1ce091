// Compares the decoder of chunked bodies with one that sees the whole body at once.
#include <string>

#include "base/text.hpp"
#include "http_property.hpp"

namespace fuzz {
namespace {

enum class Verdict { Waits, Whole, Broken };
struct Decoded {
  Verdict verdict = Verdict::Waits;
  std::string body{};
};

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// RFC 9112 §7.1, a bare LF tolerated.
Decoded decode(std::string_view rest) {
  Decoded decoded;
  for (;;) {
    // The size, below 2^60 because no body is larger: digits, then the line's end, an extension or a blank.
    std::uint64_t size = 0;
    std::size_t digits = 0;
    while (digits < rest.size() && hex(rest[digits]) >= 0) {
      size = size << 4 | static_cast<unsigned>(hex(rest[digits++]));
      if (size >> 60 != 0) return {Verdict::Broken, decoded.body};
    }
    if (digits == rest.size()) return decoded;
    if (digits == 0 || std::string_view{"\r\n; \t"}.find(rest[digits]) == std::string_view::npos)
      return {Verdict::Broken, decoded.body};
    const std::size_t end = rest.find('\n');
    if (end == rest.npos) return decoded;
    rest.remove_prefix(end + 1);
    if (size == 0) break;
    decoded.body += rest.substr(0, size > rest.size() ? rest.size() : static_cast<std::size_t>(size));
    if (size >= rest.size()) return decoded;
    rest.remove_prefix(static_cast<std::size_t>(size));
    while (rest.starts_with('\r')) rest.remove_prefix(1);
    if (rest.empty()) return decoded;
    if (rest.front() != '\n') return {Verdict::Broken, decoded.body};
    rest.remove_prefix(1);
  }
  // Trailers, up to an empty line.
  for (;;) {
    const std::size_t end = rest.find('\n');
    if (end == rest.npos) return decoded;
    if (rest.substr(0, end).find_first_not_of('\r') == rest.npos) return {Verdict::Whole, decoded.body};
    rest.remove_prefix(end + 1);
  }
}

}  // namespace

Violation check(std::string_view input) {
  Choices choices{input};
  const std::string_view wanted = choices.take_text(choices.take() % 8);
  const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string bytes = head + std::string{choices.rest()};
  const Response response{healthcheck::HttpReader::Body::Expected, false, wanted, bytes};
  using healthcheck::HttpReader;
  if (Violation violation = same_however_cut<HttpReader>(response); !violation.empty()) return violation;

  HttpReader reader{response.body, healthcheck::requiring(wanted)};
  reader.feed(bytes);
  const Decoded decoded = decode(choices.rest());
  const Verdict verdict = reader.problem() != nullptr ? Verdict::Broken
                          : reader.is_over()          ? Verdict::Whole
                                                      : Verdict::Waits;
  if (verdict != decoded.verdict) return "another verdict";
  std::string searched = decoded.body.substr(0, HttpReader::limit);
  std::erase_if(searched, base::is_white_space);
  if (reader.search().has_required_texts() != (searched.find(wanted) != searched.npos))
    return "another finding";
  return {};
}

}  // namespace fuzz

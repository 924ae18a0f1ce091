// Compares the HTTP reader with a plain line-by-line reading of the header.
#include <cctype>
#include <optional>

#include "http_property.hpp"

namespace fuzz {
namespace {

using healthcheck::HttpReader;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Returns the status of "HTTP/1.x SSS", 100 to 999; nothing if the line is not a status line.
std::optional<unsigned> status_in(std::string_view line) {
  while (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() < 12 || line.substr(0, 7) != "HTTP/1." || !is_digit(line[7]) || line[8] != ' ') return {};
  unsigned status = 0;
  for (char c : line.substr(9, 3)) {
    if (!is_digit(c)) return {};
    status = status * 10 + static_cast<unsigned>(c - '0');
  }
  if (status < 100) return {};
  line.remove_prefix(12);
  while (line.starts_with('\r')) line.remove_prefix(1);
  if (!line.empty() && line[0] != ' ') return {};
  return status;
}

bool is_empty(std::string_view line) { return line.find_first_not_of('\r') == line.npos; }

// Returns the status of the first final response whose header is complete; nothing if there is none.
std::optional<unsigned> final_status(std::string_view bytes) {
  for (;;) {
    std::size_t end = bytes.find('\n');
    if (end == bytes.npos) return {};
    const std::optional<unsigned> status = status_in(bytes.substr(0, end));
    if (!status) return {};
    do {
      bytes.remove_prefix(end + 1);
      end = bytes.find('\n');
      if (end == bytes.npos) return {};
    } while (!is_empty(bytes.substr(0, end)));
    bytes.remove_prefix(end + 1);
    if (*status >= 200 || *status == 101) return status;
  }
}

}  // namespace

Violation check(std::string_view input) {
  const Response response = response_from(input);
  if (Violation violation = same_however_cut<HttpReader>(response); !violation.empty()) return violation;

  HttpReader reader{response.body, healthcheck::requiring(response.wanted)};
  reader.feed(response.bytes);
  if (response.ends) reader.end();
  if (response.ends && !reader.is_over()) return "the reader goes on after the end";
  if (reader.problem() != nullptr && !reader.is_over()) return "it goes on after a problem";
  if (reader.reason().find_first_of("\r\n") != std::string_view::npos) return "a line's end in the reason";
  if (reader.problem() != nullptr || !reader.has_headers()) return {};
  const std::optional<unsigned> status = final_status(response.bytes);
  if (!status) return "headers, although the header is incomplete";
  if (*status != reader.status()) return "a status other than " + std::to_string(*status);
  if (reader.search().has_required_texts() && !response.wanted.empty() &&
      response.body == HttpReader::Body::Absent)
    return "text found without a body";
  return {};
}

}  // namespace fuzz

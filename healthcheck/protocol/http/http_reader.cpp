#include "healthcheck/protocol/http/http_reader.hpp"

#include <limits>

#include "base/hex.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

namespace healthcheck {

using std::string_view;

void HttpReader::feed(string_view bytes) {
  for (char c : bytes) {
    if (is_over()) return;
    take(c);
  }
}

void HttpReader::end(End end) {
  switch (step_) {
    case Step::StatusLine:
      if (header_bytes_ == 0) return fail("closed without an answer");
      [[fallthrough]];
    case Step::Reason:
    case Step::LineStart:
    case Step::Line:
      return fail("headers cut short");
    case Step::Complete:
      return;
    default:
      if (end == End::Broken) return fail("body cut short, connection reset");
      if (end == End::Early || step_ != Step::UntilEnd) return fail("body cut short");
      step_ = Step::Complete;
  }
}

void HttpReader::fail(base::Problem problem) {
  problem_ = problem;
  step_ = Step::Complete;
}

// Recognises servers of other protocols by their first bytes: a TLS record (RFC 8446 §5.1: alert or
// handshake), or a SETTINGS frame (RFC 9113 §3.4).
void HttpReader::fail_at_start() {
  if (line_[0] == 0x15 || line_[0] == 0x16) return fail("a TLS server, not plain HTTP");
  if (line_size_ > 3 && line_[0] == 0 && line_[3] == 4) return fail("an HTTP/2 server, not HTTP/1");
  fail("malformed status line");
}

void HttpReader::take(char c) {
  if (step_ <= Step::Line && ++header_bytes_ > limit) return fail("more than 64 KiB of headers");
  switch (step_) {
    case Step::StatusLine:
      return take_status(c);
    case Step::Reason:
      if (c == '\n')
        step_ = Step::LineStart;
      else if (c != '\r' && reason_size_ < reason_.size())
        reason_[reason_size_++] = c;
      return;
    case Step::LineStart:
      return take_line_start(c);
    case Step::Line:
      if (c == '\n') step_ = Step::LineStart;
      return add_to_line(c);
    case Step::ChunkSize:
      return take_chunk_size(c);
    case Step::ChunkExtension:
      if (c == '\n') step_ = rest_ == 0 ? Step::TrailerStart : Step::ChunkData;
      return;
    case Step::ChunkEnd:
      if (c == '\n')
        step_ = Step::ChunkSize;
      else if (c != '\r')
        fail("malformed chunk");
      has_digits_ = false;
      return;
    case Step::TrailerStart:
      if (c == '\n')
        step_ = Step::Complete;
      else if (c != '\r')
        step_ = Step::Trailer;
      return;
    case Step::Trailer:
      if (c == '\n') step_ = Step::TrailerStart;
      return;
    default:
      return take_body(c);
  }
}

// "HTTP/1.x SSS", and then a blank or the line's end (RFC 9112 §4).
void HttpReader::take_status(char c) {
  constexpr string_view form = "HTTP/1.0 000";
  std::size_t at = line_size_;
  if (at == form.size()) {
    if (c == '\r') return;
    step_ = c == '\n' ? Step::LineStart : Step::Reason;
    line_size_ = 0;
    if ((c != ' ' && c != '\n') || status_ < 100) fail("malformed status line");
    return;
  }
  line_[line_size_++] = c;
  bool is_right = form[at] == '0' ? base::is_digit(c) : c == form[at];
  if (at > form.size() - 4) status_ = status_ * 10 + static_cast<unsigned char>(c - '0');
  // A frame of HTTP/2 begins with its length; its fourth byte is its type.
  if (line_[0] == 0 ? at == 3 : !is_right) fail_at_start();
}

// A line that begins with a blank continues the line before it (RFC 9112 §5.2), so that line ends only here.
void HttpReader::take_line_start(char c) {
  if (c == '\r') return;
  if (c != ' ' && c != '\t') {
    finish_header();
    if (c == '\n') return finish_headers();
  }
  if (step_ == Step::LineStart) step_ = Step::Line;
  add_to_line(c);
}

// Drops the end of a line that fills the buffer: a full buffer marks it as too long.
void HttpReader::add_to_line(char c) {
  if (c == '\r' || c == '\n') return;
  if (line_size_ < line_.size()) line_[line_size_++] = c;
}

void HttpReader::finish_header() {
  bool is_whole = line_size_ < line_.size();
  string_view value{line_.data(), line_size_};
  string_view name = base::take_until(value, ':');
  line_size_ = 0;
  if (base::equal_ignoring_case(name, "transfer-encoding")) {
    // The last coding decides (RFC 9112 §6.3).
    constexpr string_view chunked = "chunked";
    value = base::trim(value);
    if (value.size() > chunked.size()) value.remove_prefix(value.size() - chunked.size());
    chunked_ = base::equal_ignoring_case(value, chunked);
    if (!is_whole) fail("invalid Transfer-Encoding");
  }
  if (base::equal_ignoring_case(name, "content-length") && !(is_whole && take_length(value)))
    fail("invalid Content-Length");
}

// The same number may be repeated (RFC 9112 §6.3).
bool HttpReader::take_length(string_view value) {
  do {
    auto length = base::parse_number(base::trim(base::take_until(value, ',')),
                                     std::numeric_limits<std::int64_t>::max());
    if (!length || (has_length_ && *length != rest_)) return false;
    rest_ = *length;
    has_length_ = true;
  } while (!value.empty());
  return true;
}

void HttpReader::finish_headers() {
  if (is_over()) return;
  step_ = Step::Complete;
  if (status_ < 200) {
    // Skip an interim response; but 101 has left HTTP/1 behind.
    has_headers_ = status_ == 101;
    if (has_headers_) return;
    status_ = 0;
    reason_size_ = 0;
    has_length_ = chunked_ = false;
    step_ = Step::StatusLine;
    return;
  }
  has_headers_ = true;
  if (absent_ || status_ == 204 || status_ == 304) {
    return;
  } else if (chunked_) {
    rest_ = 0;
    step_ = Step::ChunkSize;
  } else if (!has_length_) {
    step_ = Step::UntilEnd;
  } else if (rest_ != 0) {
    step_ = Step::Counted;
    is_short_ = rest_ <= limit;
  }
}

void HttpReader::take_chunk_size(char c) {
  int digit = base::hex_value(c);
  if (digit >= 0) {
    has_digits_ = true;
    if (rest_ >> 56 != 0) return fail("chunk size too large");
    rest_ = rest_ << 4 | static_cast<unsigned>(digit);
    return;
  }
  bool is_end = c == '\r' || c == '\n' || c == ';' || c == ' ' || c == '\t';
  if (!has_digits_ || !is_end) return fail("malformed chunk");
  step_ = Step::ChunkExtension;
  if (c == '\n') take(c);
}

void HttpReader::take_body(char c) {
  if (body_bytes_ < limit) {
    ++body_bytes_;
    search_.feed(c);
  }
  if (step_ == Step::UntilEnd || --rest_ != 0) return;
  step_ = step_ == Step::Counted ? Step::Complete : Step::ChunkEnd;
}

}  // namespace healthcheck

// Reads an HTTP/1.x response (RFC 9112), byte by byte: however it is cut into pieces, the verdict is the
// same.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/options.hpp"
#include "healthcheck/protocol/search/body_search.hpp"

namespace healthcheck {

class HttpReader {
 public:
  // Limits the headers, interim responses included, and the part of a body that is searched.
  static constexpr std::uint32_t limit = 64 * 1024;

  enum class Body : std::uint8_t { Expected, Absent };  // Absent: the answer to HEAD

  // NOLINTNEXTLINE(*-member-init)
  HttpReader(Body body, const BodyTexts& texts) : absent_(body == Body::Absent), search_(texts) {}

  void feed(std::string_view bytes);
  // Call this when the connection has ended: with a FIN; with a FIN, although more was to come, as TLS can
  // tell; or with a reset.
  enum class End : std::uint8_t { Orderly, Early, Broken };
  void end(End end = End::Orderly);

  // Returns why this is no valid or complete response, or nullptr if nothing is wrong so far.
  base::Problem problem() const { return problem_; }
  bool has_headers() const { return has_headers_; }
  // Returns whether the response is complete, or invalid.
  bool is_over() const { return step_ >= Step::Complete; }
  // The status and the reason of the final response. The server chooses the reason, which may be cut short.
  unsigned status() const { return status_; }
  std::string_view reason() const { return {reason_.data(), reason_size_}; }
  const BodySearch& search() const { return search_; }
  // Returns whether the rest of the body can still change the result of the search.
  bool is_searching() const { return !search_.is_decided() && !is_over() && body_bytes_ < limit; }
  // Returns whether the body has to be read to its end: its length is known, and at most the limit.
  bool awaits_end() const { return is_short_ && !is_over(); }

 private:
  enum class Step : std::uint8_t {
    StatusLine,
    Reason,
    LineStart,
    Line,
    ChunkSize,
    ChunkExtension,
    ChunkData,
    ChunkEnd,
    TrailerStart,
    Trailer,
    Counted,
    UntilEnd,
    Complete
  };

  void take(char c);
  // One function for each kind of line. A single one would be larger, because it would keep fewer variables
  // in registers.
  [[gnu::noinline]] void take_status(char c);
  [[gnu::noinline]] void take_line_start(char c);
  [[gnu::noinline]] void take_chunk_size(char c);
  [[gnu::noinline]] void take_body(char c);
  void add_to_line(char c);
  void finish_header();
  bool take_length(std::string_view value);
  void finish_headers();
  void fail(base::Problem problem);
  void fail_at_start();

  base::Problem problem_ = nullptr;
  Step step_ = Step::StatusLine;
  bool absent_, has_length_ = false, chunked_ = false, has_digits_ = false;
  bool has_headers_ = false, is_short_ = false;
  unsigned status_ = 0;
  std::uint32_t header_bytes_ = 0, body_bytes_ = 0;
  std::uint64_t rest_ = 0;  // of the body, or of the chunk
  std::size_t line_size_ = 0, reason_size_ = 0;
  // Only the parts that the sizes tell are initialised.
  std::array<char, 96> line_;  // the header at hand, or the status line's first bytes
  std::array<char, 128> reason_;
  BodySearch search_;
};

}  // namespace healthcheck

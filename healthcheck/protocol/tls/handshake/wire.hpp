// Reads the presentation language of TLS: big-endian numbers, and vectors behind their length (RFC 8446 §3).
#pragma once

#include <cstddef>
#include <cstdint>

#include "healthcheck/protocol/tls/crypto/bytes.hpp"

namespace healthcheck::tls {

// After a read beyond the end, every read returns an empty result, and failed() returns true: ask once, at
// the end.
class WireReader {
 public:
  explicit WireReader(Bytes bytes) : rest_(bytes) {}

  // A number of `size` bytes, at most four.
  [[gnu::noinline]] std::uint32_t number(std::size_t size) {
    std::uint32_t value = 0;
    for (std::uint8_t byte : take(size)) value = value << 8 | byte;
    return value;
  }

  [[gnu::noinline]] Bytes take(std::size_t size) {
    if (size > rest_.size()) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    Bytes taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }

  // A vector behind a length of `length_size` bytes.
  [[gnu::noinline]] Bytes vector(std::size_t length_size) { return take(number(length_size)); }

  void skip_rest() { rest_ = {}; }

  std::size_t left() const { return rest_.size(); }
  bool is_at_end() const { return rest_.empty(); }
  bool failed() const { return failed_; }
  // Returns whether all was read, and nothing beyond.
  bool is_complete() const { return is_at_end() && !failed_; }

 private:
  Bytes rest_;
  bool failed_ = false;
};

}  // namespace healthcheck::tls

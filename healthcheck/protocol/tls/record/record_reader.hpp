// Reads records (RFC 8446 §5.1 and §5.2, RFC 5246 §6.2), however they are cut into pieces.
#pragma once

#include <array>
#include <optional>

#include "healthcheck/protocol/tls/record/alert.hpp"
#include "healthcheck/protocol/tls/record/record_protection.hpp"

namespace healthcheck::tls {

class RecordReader {
 public:
  // RFC 8446 §5.2: the most that a protected record may have. TLS 1.2 would allow more, for other ciphers.
  static constexpr std::size_t max_fragment_size = (1U << 14) + 256;
  static constexpr std::size_t max_plaintext_size = 1U << 14;

  RecordReader() {}

  // Takes bytes up to the end of one record, and returns how many.
  [[gnu::noinline]] std::size_t feed(Bytes bytes);
  bool is_complete() const { return size_ >= record_header_size && size_ == record_header_size + length(); }
  // Returns whether the record has begun and is not complete.
  bool is_cut() const { return size_ != 0 && !is_complete(); }
  // Returns whether the bytes so far can begin a record: a plain-text server's do not.
  bool is_plausible() const;
  bool is_oversized() const { return size_ >= record_header_size && length() > max_fragment_size; }

  // Unprotects the complete record: type() and fragment() are valid then. Returns the alert to send if the
  // record is invalid.
  [[gnu::noinline]] Fault open();
  ContentType type() const { return type_; }
  Bytes fragment() const { return fragment_; }

  // Every record from now on is protected.
  void protect(const RecordKeys& keys) { protection_.emplace(keys); }

 private:
  std::size_t length() const { return static_cast<std::size_t>(buffer_[3] << 8 | buffer_[4]); }

  std::size_t size_ = 0;  // of the record so far, with its header
  ContentType type_{};
  MutableBytes fragment_{};
  std::optional<RecordProtection> protection_;
  // Not initialised: only pages that are written to are in memory.
  std::array<std::uint8_t, record_header_size + max_fragment_size> buffer_;
};

}  // namespace healthcheck::tls

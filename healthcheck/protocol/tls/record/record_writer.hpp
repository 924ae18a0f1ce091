// Writes records (RFC 8446 §5.1 and §5.2, RFC 5246 §6.2).
#pragma once

#include <optional>

#include "base/arena.hpp"
#include "healthcheck/protocol/tls/record/record_protection.hpp"

namespace healthcheck::tls {

class RecordWriter {
 public:
  // Begins a record after the arena's present content. Add its plaintext to the arena, then call finish().
  [[gnu::noinline]] void begin(base::Arena& out, ContentType type);
  // The place of the plaintext in the arena.
  std::size_t text_start() const { return text_; }
  // The plaintext so far; empty if the arena has overflowed.
  Bytes plaintext(const base::Arena& out) const { return as_bytes(out.since(text_)); }
  // The arena may overflow meanwhile; then nothing in it can be sent.
  [[gnu::noinline]] void finish(base::Arena& out);

  // Protects every record from now on.
  void protect(const RecordKeys& keys) { protection_.emplace(keys); }

 private:
  bool is_13() const { return protection_ && protection_->version() == Version::Tls13; }
  std::size_t prefix_size() const { return protection_ ? protection_->prefix_size() : 0; }
  static void add_room(base::Arena& out, std::size_t size);

  std::size_t start_ = 0, text_ = 0;  // of the record and of its plaintext
  ContentType type_{}, outer_type_{};
  std::optional<RecordProtection> protection_;
};

}  // namespace healthcheck::tls

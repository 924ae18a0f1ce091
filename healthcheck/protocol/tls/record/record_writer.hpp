// Writes records (RFC 8446 §5.1 and §5.2, RFC 5246 §6.2).
#pragma once

#include <optional>

#include "base/arena.hpp"
#include "healthcheck/protocol/tls/record/record_protection.hpp"

namespace healthcheck::tls {

class RecordWriter {
 public:
  // Begins a record after the arena's present content. Add its plaintext to the arena, then call finish().
  void begin(base::Arena& out, ContentType type);
  // The plaintext so far; empty if the arena has overflowed.
  Bytes plaintext(const base::Arena& out) const;
  // The arena may overflow meanwhile; then nothing in it can be sent.
  void finish(base::Arena& out);

  // Protects every record from now on.
  void protect(const RecordProtection& protection) { protection_ = protection; }

 private:
  bool uses(Version version) const { return protection_ && protection_->version() == version; }

  std::optional<RecordProtection> protection_;
  std::size_t start_ = 0;
  ContentType type_{};
};

}  // namespace healthcheck::tls

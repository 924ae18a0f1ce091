#include "healthcheck/protocol/tls/record/record_writer.hpp"

namespace healthcheck::tls {

void RecordWriter::begin(base::Arena& out, ContentType type) {
  start_ = out.size();
  type_ = type;
  // RFC 8446 §5.2: to the network, every protected record is application data.
  ContentType outer = uses(Version::Tls13) ? ContentType::ApplicationData : type;
  const char header[record_header_size] = {static_cast<char>(outer), 3, 3, 0, 0};
  out.add({header, sizeof header});
  if (uses(Version::Tls12))
    for (std::size_t i = 0; i < explicit_nonce_size; ++i) out.add('\0');
}

Bytes RecordWriter::plaintext(const base::Arena& out) const {
  std::size_t header_size = record_header_size + (uses(Version::Tls12) ? explicit_nonce_size : 0);
  return as_bytes(out.since(start_ + header_size));
}

void RecordWriter::finish(base::Arena& out) {
  if (uses(Version::Tls13)) out.add(static_cast<char>(type_));
  if (protection_)
    for (std::size_t i = 0; i < AesGcm::tag_size; ++i) out.add('\0');
  out.fill_in_length(start_ + 3, 0);
  if (!protection_ || out.overflowed()) return;
  std::span<char> record = out.mutable_since(start_);
  protection_->seal(type_, {reinterpret_cast<std::uint8_t*>(record.data()), record.size()});
}

}  // namespace healthcheck::tls

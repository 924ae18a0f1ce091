#include "healthcheck/protocol/tls/record/record_reader.hpp"

namespace healthcheck::tls {

bool RecordReader::is_plausible() const {
  if (size_ > 0 && (buffer_[0] < static_cast<std::uint8_t>(ContentType::ChangeCipherSpec) ||
                    buffer_[0] > static_cast<std::uint8_t>(ContentType::ApplicationData)))
    return false;
  // The minor version is to be ignored: RFC 8446 §5.1.
  return size_ < 2 || buffer_[1] == 3;
}

std::size_t RecordReader::feed(Bytes bytes) {
  if (is_complete()) size_ = 0;
  std::size_t used = 0;
  while (used < bytes.size() && !is_complete() && is_plausible() && !is_oversized())
    buffer_[size_++] = bytes[used++];
  return used;
}

Fault RecordReader::open() {
  type_ = static_cast<ContentType>(buffer_[0]);
  fragment_ = MutableBytes{buffer_}.subspan(record_header_size, length());
  const bool is_13 = protection_ && protection_->version() == Version::Tls13;
  if (protection_ && !(is_13 && type_ == ContentType::ChangeCipherSpec)) {
    if (is_13 && type_ != ContentType::ApplicationData) return Alert::UnexpectedMessage;
    if (!protection_->open(type_, fragment_)) return Alert::BadRecordMac;
    // RFC 8446 §5: in TLS 1.3, a ChangeCipherSpec is never protected.
    if (is_13 && type_ == ContentType::ChangeCipherSpec) return Alert::UnexpectedMessage;
  }
  if (fragment_.size() > max_plaintext_size) return Alert::RecordOverflow;
  // RFC 8446 §5.1: only application data may be empty; §5.4: a protected record has an inner type.
  if (fragment_.empty() && type_ != ContentType::ApplicationData) return Alert::UnexpectedMessage;
  return {};
}

}  // namespace healthcheck::tls

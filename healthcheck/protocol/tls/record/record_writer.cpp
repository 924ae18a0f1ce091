#include "healthcheck/protocol/tls/record/record_writer.hpp"

namespace healthcheck::tls {

void RecordWriter::begin(base::Arena& out, ContentType type) {
  start_ = out.size();
  type_ = type;
  // RFC 8446 §5.2: to the network, every protected record is application data.
  outer_type_ = is_13() ? ContentType::ApplicationData : type;
  const char header[record_header_size] = {static_cast<char>(outer_type_), 3, 3, 0, 0};
  out.add({header, sizeof header});
  add_room(out, prefix_size());
  text_ = out.size();
}

void RecordWriter::add_room(base::Arena& out, std::size_t size) {
  while (size-- > 0) out.add('\0');
}

void RecordWriter::finish(base::Arena& out) {
  if (is_13()) out.add(static_cast<char>(type_));
  if (protection_) add_room(out, AesGcm::tag_size);
  out.fill_in_length(start_ + 3, 0);
  if (!protection_ || out.overflowed()) return;
  std::span<char> fragment = out.mutable_since(start_ + record_header_size);
  protection_->seal(outer_type_, {reinterpret_cast<std::uint8_t*>(fragment.data()), fragment.size()});
}

}  // namespace healthcheck::tls

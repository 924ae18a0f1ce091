#include "healthcheck/protocol/tls/record/record_protection.hpp"

#include <algorithm>

namespace healthcheck::tls {

bool RecordProtection::apply(AesGcm::Direction direction, ContentType type, MutableBytes fragment) {
  MutableBytes message = fragment.subspan(prefix_size());
  // RFC 5246 §6.2.3.3: the sequence number, the type, the version and the size of the text. RFC 8446 §5.2:
  // the record's header, which ends with the size of all that follows.
  std::array<std::uint8_t, sizeof sequence_ + record_header_size> data;
  store_big_endian(data.data(), sequence_++);
  const std::size_t size = version_ == Version::Tls13 ? message.size() : message.size() - AesGcm::tag_size;
  data[8] = static_cast<std::uint8_t>(type);
  data[9] = data[10] = 3;
  data[11] = static_cast<std::uint8_t>(size >> 8);
  data[12] = static_cast<std::uint8_t>(size);
  Bytes additional_data = data, number = additional_data.first(sizeof sequence_);
  if (version_ == Version::Tls13) {
    additional_data = additional_data.last(record_header_size);
  } else {
    // RFC 5288 §3: the writer chooses the explicit nonce. The sequence number never repeats.
    if (direction == AesGcm::Direction::Seal) std::ranges::copy(number, fragment.begin());
    number = fragment.first(explicit_nonce_size);
  }
  std::array<std::uint8_t, AesGcm::nonce_size> nonce = iv_;
  for (std::size_t i = 0; i < number.size(); ++i) nonce[nonce.size() - number.size() + i] ^= number[i];
  return cipher_.apply(direction, nonce, additional_data, message);
}

bool RecordProtection::open(ContentType& type, MutableBytes& fragment) {
  if (fragment.size() < prefix_size() + AesGcm::tag_size) return false;
  if (!apply(AesGcm::Direction::Open, type, fragment)) return false;
  fragment = fragment.first(fragment.size() - AesGcm::tag_size).subspan(prefix_size());
  if (version_ == Version::Tls12) return true;
  // RFC 8446 §5.4: the type is the last byte that is not zero.
  for (type = ContentType::Invalid; !fragment.empty() && type == ContentType::Invalid;) {
    type = static_cast<ContentType>(fragment.back());
    fragment = fragment.first(fragment.size() - 1);
  }
  return true;
}

}  // namespace healthcheck::tls

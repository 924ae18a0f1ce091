#include "healthcheck/protocol/tls/record/record_protection.hpp"

#include <algorithm>

#include "healthcheck/protocol/tls/crypto/hmac.hpp"

namespace healthcheck::tls {
namespace {

AesGcm cipher_of(const Digest& traffic_secret) {
  std::array<std::uint8_t, key_size(Hash::Sha384)> buffer;
  MutableBytes key = MutableBytes{buffer}.first(key_size(traffic_secret.hash));
  hkdf_expand_label(traffic_secret, "key", {}, key);
  return AesGcm{key};
}

}  // namespace

RecordProtection::RecordProtection(const Digest& traffic_secret)
    : version_(Version::Tls13), cipher_(cipher_of(traffic_secret)) {
  hkdf_expand_label(traffic_secret, "iv", {}, iv_);
}

RecordProtection::RecordProtection(Bytes key, Bytes salt) : version_(Version::Tls12), cipher_(key) {
  std::ranges::copy(salt, iv_.begin());
}

std::array<std::uint8_t, 8> RecordProtection::take_sequence_number() {
  std::array<std::uint8_t, 8> bytes;
  store_big_endian(bytes.data(), sequence_++);
  return bytes;
}

// RFC 8446 §5.3: the sequence number, exclusive-or the vector. RFC 5288 §3: the salt, then the explicit part;
// this vector is zero there.
RecordProtection::Nonce RecordProtection::nonce_of(Bytes number) const {
  Nonce nonce = iv_;
  for (std::size_t i = 0; i < number.size(); ++i) nonce[nonce.size() - number.size() + i] ^= number[i];
  return nonce;
}

// TLS 1.2 authenticates the sequence number and the header too. The length in it is that of the text alone.
RecordProtection::AdditionalData RecordProtection::additional_data(Bytes sequence, ContentType type,
                                                                   std::size_t text_size) {
  AdditionalData data;
  auto end = std::ranges::copy(sequence, data.begin()).out;
  *end++ = static_cast<std::uint8_t>(type);
  *end++ = 3;
  *end++ = 3;
  *end++ = static_cast<std::uint8_t>(text_size >> 8);
  *end++ = static_cast<std::uint8_t>(text_size);
  return data;
}

bool RecordProtection::open(ContentType& type, MutableBytes& fragment) {
  auto sequence = take_sequence_number();
  if (version_ == Version::Tls13) {
    const auto size = fragment.size();
    const std::uint8_t header[] = {static_cast<std::uint8_t>(type), 3, 3,
                                   static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
    if (!cipher_.open(nonce_of(sequence), header, fragment)) return false;
    fragment = fragment.first(size - AesGcm::tag_size);
    type = take_inner_type(fragment);
    return true;
  }
  if (fragment.size() < explicit_nonce_size + AesGcm::tag_size) return false;
  Nonce nonce = nonce_of(fragment.first(explicit_nonce_size));
  fragment = fragment.subspan(explicit_nonce_size);
  std::size_t text_size = fragment.size() - AesGcm::tag_size;
  if (!cipher_.open(nonce, additional_data(sequence, type, text_size), fragment)) return false;
  fragment = fragment.first(text_size);
  return true;
}

// RFC 8446 §5.4: the type is the last byte that is not zero.
ContentType RecordProtection::take_inner_type(MutableBytes& text) {
  auto type = ContentType::Invalid;
  while (!text.empty() && type == ContentType::Invalid) {
    type = static_cast<ContentType>(text.back());
    text = text.first(text.size() - 1);
  }
  return type;
}

void RecordProtection::seal(ContentType type, MutableBytes record) {
  auto sequence = take_sequence_number();
  Nonce nonce = nonce_of(sequence);
  MutableBytes header = record.first(record_header_size);
  MutableBytes message = record.subspan(record_header_size);
  if (version_ == Version::Tls13) return cipher_.seal(nonce, header, message);
  std::ranges::copy(sequence, message.begin());
  message = message.subspan(explicit_nonce_size);
  cipher_.seal(nonce, additional_data(sequence, type, message.size() - AesGcm::tag_size), message);
}

}  // namespace healthcheck::tls

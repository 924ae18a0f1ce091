#include "healthcheck/protocol/grpc/health_message.hpp"

namespace healthcheck {

base::Problem HealthMessage::take(char c) {
  auto byte = static_cast<unsigned char>(c);
  std::uint64_t at = at_++;
  if (at == 0) return byte == 0 ? nullptr : byte == 1 ? "compressed message" : "malformed message";
  if (at < prefix_size) {
    length_ = length_ << 8 | byte;
    return nullptr;
  }
  if (at_ > prefix_size + length_) return "more than one message";
  if (part_ == Part::Skipped) {
    if (--skipped_ == 0) part_ = Part::Key;
    return nullptr;
  }
  constexpr unsigned max_shift = 63;
  if (shift_ > max_shift) return "malformed message";
  number_ |= std::uint64_t{byte & 0x7fU} << shift_;
  shift_ += 7;
  if ((byte & 0x80) != 0) return nullptr;
  shift_ = 0;
  bool is_valid = finish_number();
  number_ = 0;
  return is_valid ? nullptr : "malformed message";
}

bool HealthMessage::finish_number() {
  if (part_ == Part::Key) return finish_key();
  if (part_ == Part::Number) {
    if (field_ == 1) status_ = number_;
    part_ = Part::Key;
    return true;
  }
  skipped_ = number_;
  part_ = skipped_ != 0 ? Part::Skipped : Part::Key;
  return true;
}

// A key is the field's number and its type: a varint, 64 bits, a length and as many bytes, or 32 bits.
bool HealthMessage::finish_key() {
  field_ = number_ >> 3;
  part_ = Part::Skipped;
  switch (number_ & 7) {
    case 0:
      part_ = Part::Number;
      break;
    case 1:
      skipped_ = 8;
      break;
    case 2:
      part_ = Part::Length;
      break;
    case 5:
      skipped_ = 4;
      break;
    default:
      return false;
  }
  return field_ != 0;
}

}  // namespace healthcheck

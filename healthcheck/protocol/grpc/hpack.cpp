#include "healthcheck/protocol/grpc/hpack.hpp"

#include "base/number.hpp"

namespace healthcheck {

using std::string_view;

namespace {

// The static table's entries (RFC 7541 appendix A).
constexpr std::uint32_t first_status_index = 8, content_type_index = 31, last_index = 61;
constexpr std::uint16_t statuses[] = {200, 204, 206, 304, 400, 404, 500};

}  // namespace

// An integer's first byte (RFC 7541 §5.1); all ones: more follow.
bool HeaderBlock::begin_number(char c, unsigned mask, Step step) {
  step_ = step;
  number_ = static_cast<unsigned char>(c) & mask;
  shift_ = 0;
  return number_ == mask || finish_number();
}

bool HeaderBlock::take(char c) {
  auto byte = static_cast<unsigned char>(c);
  switch (step_) {
    case Step::Start:
      if ((byte & 0x80) != 0) return begin_number(c, 0x7f, Step::Index);
      if ((byte & 0xe0) == 0x20) return begin_number(c, 0x1f, Step::TableSize);
      return begin_number(c, (byte & 0x40) != 0 ? 0x3f : 0x0f, Step::NameIndex);
    case Step::NameLength:
    case Step::ValueLength:
      huffman_ = (byte & 0x80) != 0;
      size_ = 0;
      return begin_number(c, 0x7f, step_ == Step::NameLength ? Step::NameLengthRest : Step::ValueLengthRest);
    case Step::Name:
    case Step::Value:
      if (size_ < text_.size()) text_[size_++] = c;
      if (--number_ != 0) return true;
      step_ == Step::Name ? finish_name() : finish_value();
      return true;
    default:
      number_ += (byte & 0x7fU) << shift_;
      shift_ += 7;
      if ((byte & 0x80) == 0) return finish_number();
      return shift_ < 28;
  }
}

bool HeaderBlock::finish_number() {
  std::uint32_t status = number_ - first_status_index;
  switch (step_) {
    case Step::Index:
      if (status < std::size(statuses)) http_status_ = statuses[status];
      step_ = Step::Start;
      return number_ != 0 && number_ <= last_index;
    case Step::NameIndex:
      field_ = status < std::size(statuses)    ? Field::HttpStatus
               : number_ == content_type_index ? Field::ContentType
                                               : Field::Other;
      step_ = number_ == 0 ? Step::NameLength : Step::ValueLength;
      return number_ <= last_index;
    case Step::NameLengthRest:
      step_ = Step::Name;
      if (number_ == 0) finish_name();
      return true;
    case Step::ValueLengthRest:
      step_ = Step::Value;
      if (number_ == 0) finish_value();
      return true;
    default:
      step_ = Step::Start;
      return true;
  }
}

void HeaderBlock::finish_name() {
  step_ = Step::ValueLength;
  string_view name = text();
  field_ = name == (huffman_ ? "\x9a\xca\xc8\xb2\x12\x34\xda\x8f" : "grpc-status") ? Field::GrpcStatus
           : name == "content-type"                                                ? Field::ContentType
           : name == ":status"                                                     ? Field::HttpStatus
                                                                                   : Field::Other;
}

void HeaderBlock::finish_value() {
  step_ = Step::Start;
  if (field_ == Field::HttpStatus) http_status_ = number();
  if (field_ == Field::GrpcStatus) grpc_status_ = number();
  // "application/grpc+proto" as well. Its code ends with a byte, so that it is a prefix in both forms.
  if (field_ == Field::ContentType)
    is_grpc_ =
        text().starts_with(huffman_ ? "\x1d\x75\xd0\x62\x0d\x26\x3d\x4c\x4d\x65\x64" : "application/grpc");
}

// The value as a number; of Huffman codes, those of the digits: 0 to 2 are five bits that say so, 3 to 9 six
// bits from 25 on.
int HeaderBlock::number() const {
  if (!huffman_) {
    auto decimal = base::parse_number(text(), 999);
    return decimal ? static_cast<int>(*decimal) : absent;
  }
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i)
    bits = bits << 8 | (i < size_ ? static_cast<unsigned char>(text_[i]) : 0xffU);
  int value = absent;
  for (;;) {
    std::uint32_t digit = bits >> 27;
    unsigned length = 5;
    if (digit > 2) {
      digit = (bits >> 26) - 22;
      length = 6;
    }
    if (digit > 9) return value;
    value = (value == absent ? 0 : value) * 10 + static_cast<int>(digit);
    bits = bits << length | ((1U << length) - 1);
  }
}

}  // namespace healthcheck

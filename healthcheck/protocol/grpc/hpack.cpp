#include "healthcheck/protocol/grpc/hpack.hpp"

#include "base/number.hpp"

namespace healthcheck {

using std::string_view;

namespace {

// The static table's entries (RFC 7541 appendix A). Those before the statuses belong to requests.
constexpr std::uint32_t first_status_index = 8, content_type_index = 31, last_index = 61;
constexpr std::uint16_t statuses[] = {200, 204, 206, 304, 400, 404, 500};

}  // namespace

void HeaderBlock::begin_trailers() {
  may_have_status_ = false;
  may_set_table_size_ = true;
}

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
      if ((byte & 0xe0) == 0x20) return may_set_table_size_ && begin_number(c, 0x1f, Step::TableSize);
      may_set_table_size_ = false;
      if ((byte & 0x80) != 0) return begin_number(c, 0x7f, Step::Index);
      return begin_number(c, (byte & 0x40) != 0 ? 0x3f : 0x0f, Step::NameIndex);
    case Step::NameLength:
    case Step::ValueLength:
      is_coded_ = (byte & 0x80) != 0;
      size_ = 0;
      decoder_ = {};
      return begin_number(c, 0x7f, step_ == Step::NameLength ? Step::NameLengthRest : Step::ValueLengthRest);
    case Step::Name:
    case Step::Value:
      return take_text(c) && (--number_ != 0 || finish_text());
    default:
      number_ += (byte & 0x7fU) << shift_;
      shift_ += 7;
      if ((byte & 0x80) == 0) return finish_number();
      return shift_ < 28;
  }
}

bool HeaderBlock::finish_number() {
  std::uint32_t status = number_ - first_status_index;
  Field field = status < std::size(statuses)    ? Field::HttpStatus
                : number_ == content_type_index ? Field::ContentType
                                                : Field::Other;
  switch (step_) {
    case Step::TableSize:
      step_ = Step::Start;
      return number_ == 0;
    case Step::Index:
      step_ = Step::Start;
      if (field == Field::HttpStatus) http_status_ = statuses[status];
      if (field == Field::ContentType) is_grpc_ = false;  // the table has it without a value
      return number_ >= first_status_index && number_ <= last_index && begin_field(field);
    case Step::NameIndex:
      step_ = Step::NameLength;
      if (number_ == 0) return true;
      step_ = Step::ValueLength;
      return number_ >= first_status_index && number_ <= last_index && begin_field(field);
    default:
      step_ = step_ == Step::NameLengthRest ? Step::Name : Step::Value;
      return number_ != 0 || finish_text();
  }
}

bool HeaderBlock::take_text(char c) {
  if (!is_coded_) return add_character(c);
  for (int bit = 7; bit >= 0; --bit) {
    int character = decoder_.take(static_cast<unsigned char>(c) >> bit & 1U);
    if (character == HuffmanDecoder::invalid) return false;
    if (character != HuffmanDecoder::incomplete && !add_character(static_cast<char>(character))) return false;
  }
  return true;
}

// Names contain no capital letters (RFC 9113 §8.2.1).
bool HeaderBlock::add_character(char c) {
  bool is_invalid = step_ == Step::Name
                        ? c <= ' ' || c > '~' || (c >= 'A' && c <= 'Z') || (c == ':' && size_ != 0)
                        : c == '\0' || c == '\r' || c == '\n';
  if (is_invalid) return false;
  if (size_ < text_.size()) text_[size_++] = c;
  return true;
}

bool HeaderBlock::finish_text() {
  if (is_coded_ && !decoder_.is_whole()) return false;
  if (step_ == Step::Value) return finish_value();
  step_ = Step::ValueLength;
  string_view name = text();
  if (name == ":status") return begin_field(Field::HttpStatus);
  if (name.empty() || name.front() == ':') return false;
  return begin_field(name == "grpc-status"    ? Field::GrpcStatus
                     : name == "content-type" ? Field::ContentType
                                              : Field::Other);
}

bool HeaderBlock::begin_field(Field field) {
  field_ = field;
  bool is_in_place = field != Field::HttpStatus || may_have_status_;
  may_have_status_ = false;
  return is_in_place;
}

[[gnu::noinline]] bool HeaderBlock::finish_value() {
  step_ = Step::Start;
  string_view value = text();
  auto parsed = base::parse_number(value, 999);
  int number = parsed ? static_cast<int>(*parsed) : absent;
  if (field_ == Field::HttpStatus) {
    http_status_ = number;
    return number >= 100 && value.size() == 3;
  }
  if (field_ == Field::GrpcStatus) {
    bool is_new = grpc_status_ == absent || grpc_status_ == number;
    grpc_status_ = number;
    return is_new;
  }
  // "application/grpc+proto" as well.
  constexpr string_view type = "application/grpc";
  if (field_ == Field::ContentType) {
    char next = value.size() > type.size() ? value[type.size()] : ';';
    is_grpc_ = value.starts_with(type) && (next == ';' || next == '+');
  }
  return true;
}

}  // namespace healthcheck

#include "healthcheck/protocol/tls/handshake/certificate_reader.hpp"

#include <cstdint>

#include "base/number.hpp"

namespace healthcheck::tls {
namespace {

// Tags of DER (X.690 §8).
constexpr std::uint8_t sequence = 0x30, integer = 0x02, version = 0xa0, utc_time = 0x17,
                       generalized_time = 0x18;

constexpr std::uint8_t tags[] = {sequence, sequence, version,  integer, sequence,
                                 sequence, sequence, utc_time, utc_time};

// The days from 1970-01-01 to the date, in the Gregorian calendar. Where a year begins in March, its leap day
// is the last, and (153 month + 2) / 5 days are before its month. GCC's <chrono> would need glibc.
constexpr std::int64_t days_since_epoch(unsigned year, unsigned month, unsigned day) {
  if (month <= 2) --year;
  month = (month + 9) % 12;  // from March
  unsigned days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
  return static_cast<std::int64_t>(days) - 719'469;
}
static_assert(days_since_epoch(1970, 1, 1) == 0);
static_assert(days_since_epoch(1969, 12, 31) == -1);
static_assert(days_since_epoch(2000, 2, 29) == 11'016);
static_assert(days_since_epoch(2000, 3, 1) == 11'017);
static_assert(days_since_epoch(2100, 3, 1) == 47'541);
static_assert(days_since_epoch(2026, 11, 27) == 20'784);

}  // namespace

bool CertificateReader::is_entered(Element element) {
  return element <= Element::TbsCertificate || element == Element::Validity;
}

void CertificateReader::feed(Bytes bytes) {
  for (std::uint8_t byte : bytes) {
    if (element_ >= Element::Finished) return;
    take(byte);
  }
}

void CertificateReader::take(std::uint8_t byte) {
  if (left_ != 0) {
    if (element_ == Element::NotAfter && tag_ != 0) time_[time_size_++] = byte;
    if (--left_ == 0 && tag_ != 0) next_element();
    return;
  }
  if (tag_ == 0) return take_tag(byte);
  take_length(byte);
}

void CertificateReader::take_tag(std::uint8_t tag) {
  if (element_ == Element::Version && tag != version) element_ = Element::SerialNumber;
  std::uint8_t wanted = tags[static_cast<std::size_t>(element_)];
  tag_ = tag;
  // Dates from 2050 on are of the longer kind.
  if (tag != wanted && !(wanted == utc_time && tag == generalized_time)) element_ = Element::Invalid;
}

// X.690 §8.1.3: one byte below 128, or the number of the bytes that follow, of which three are enough here.
void CertificateReader::take_length(std::uint8_t byte) {
  if (length_bytes_ == 0 && byte >= 0x80) {
    length_bytes_ = byte & 0x7f;
    if (length_bytes_ == 0 || length_bytes_ > 3) element_ = Element::Invalid;
    return;
  }
  length_ = length_ << 8 | byte;
  if (length_bytes_ != 0) --length_bytes_;
  if (length_bytes_ != 0) return;
  left_ = length_;
  length_ = 0;
  if (element_ == Element::NotAfter && left_ != (tag_ == utc_time ? 13 : 15)) element_ = Element::Invalid;
  if (left_ == 0 || is_entered(element_)) next_element();
}

void CertificateReader::next_element() {
  if (element_ >= Element::Finished) return;
  element_ = Element{static_cast<std::uint8_t>(static_cast<std::uint8_t>(element_) + 1)};
  tag_ = 0;
  left_ = 0;
}

// RFC 5280 §4.1.2.5: YYMMDDHHMMSSZ, of the years 1950 to 2049, or YYYYMMDDHHMMSSZ.
std::optional<std::int64_t> CertificateReader::not_after() const {
  if (element_ != Element::Finished || time_[time_size_ - 1] != 'Z') return {};
  std::array<unsigned, 7> pairs{};
  std::size_t first = time_size_ == time_.size() ? 0 : 1;
  for (std::size_t i = 0; i + 1 < time_size_; ++i) {
    if (!base::is_digit(static_cast<char>(time_[i]))) return {};
    unsigned& pair = pairs[first + i / 2];
    pair = pair * 10 + time_[i] - '0';
  }
  if (first == 1) pairs[0] = pairs[1] < 50 ? 20 : 19;
  unsigned year = pairs[0] * 100 + pairs[1], month = pairs[2], day = pairs[3];
  // A day that its month lacks counts as one of the next month.
  bool is_date = year != 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (!is_date || pairs[4] > 23 || pairs[5] > 59 || pairs[6] > 60) return {};
  std::int64_t days = days_since_epoch(year, month, day);
  return ((days * 24 + pairs[4]) * 60 + pairs[5]) * 60 + pairs[6];
}

}  // namespace healthcheck::tls

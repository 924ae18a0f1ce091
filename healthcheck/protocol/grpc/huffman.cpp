#include "healthcheck/protocol/grpc/huffman.hpp"

#include <string_view>

namespace healthcheck {
namespace {

// The code is canonical: the codes of one length follow each other in the order of their characters, and
// those of the next length begin after them. So the number of codes of each length is enough to find a code's
// place, and this list to find its character (RFC 7541 appendix B).
constexpr std::uint8_t counts[] = {0, 0, 0, 0, 0, 10, 26, 32, 6,  0, 5,  3,  2,  6, 2, 3,
                                   0, 0, 0, 3, 8, 13, 26, 29, 12, 4, 15, 19, 29, 0, 4};
constexpr std::uint32_t longest = std::size(counts) - 1;
// The characters with codes of up to 15 bits: all of printable ASCII but the backslash, and NUL.
constexpr std::string_view characters{
    "012aceiost"
    " %-./3456789=A_bdfghlmnpru"
    ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz"
    "&*,;XZ"
    "!\"()?"
    "'+|"
    "#>"
    "\0$@[]~"
    "^}"
    "<`{",
    95};
// Stands for all other characters: no name or value that is compared contains one.
constexpr int any_other = 0x7f;
constexpr std::uint32_t end_of_string = 256;

}  // namespace

int HuffmanDecoder::take(unsigned bit) {
  code_ = code_ << 1 | bit;
  first_ <<= 1;
  std::uint32_t count = counts[++length_];
  std::uint32_t at = code_ - first_;
  if (at < count) {
    at += index_;
    code_ = first_ = index_ = length_ = 0;
    if (at == end_of_string) return invalid;
    return at < characters.size() ? static_cast<unsigned char>(characters[at]) : any_other;
  }
  if (length_ == longest) return invalid;
  index_ += count;
  first_ += count;
  return incomplete;
}

}  // namespace healthcheck

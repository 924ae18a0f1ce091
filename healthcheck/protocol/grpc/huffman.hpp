// Decodes the Huffman code of HPACK (RFC 7541 §5.2), bit by bit.
#pragma once

#include <cstdint>

namespace healthcheck {

class HuffmanDecoder {
 public:
  static constexpr int incomplete = -1;  // the code needs more bits
  static constexpr int invalid = -2;     // it is "end of string", which no text may contain

  // Takes the next bit. Returns the character whose code it completes, or one of the above.
  int take(unsigned bit);

  // Returns whether the text may end here: fewer than eight bits of padding, all of them ones.
  bool is_whole() const { return length_ < 8 && code_ == (1U << length_) - 1; }

 private:
  std::uint32_t code_ = 0;    // the bits since the last character
  std::uint32_t first_ = 0;   // the first code of this length
  std::uint32_t index_ = 0;   // the number of shorter codes
  std::uint32_t length_ = 0;  // the number of those bits
};

}  // namespace healthcheck

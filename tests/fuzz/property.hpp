// Each fuzzer is a property of one input. The fuzzer searches for inputs that violate it, and an ordinary
// test checks every input in the corpus.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

// Returns the violation; empty if there is none.
using Violation = std::string;

// The property of this fuzzer.
Violation check(std::string_view input);

// Takes the choices of a test case from its first bytes.
class Choices {
 public:
  explicit Choices(std::string_view input) : rest_(input) {}

  unsigned take() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  // That many bytes, or the remaining ones.
  std::string_view take_text(std::size_t size) {
    std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(text.size());
    return text;
  }
  // Up to the next `end`, which is dropped.
  std::string_view take_until(char end) {
    std::string_view text = take_text(rest_.find(end));
    take();
    return text;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// A copy in a block of exactly its size, so that the sanitizer detects a read beyond its end.
class Exactly {
 public:
  explicit Exactly(std::string_view text) : bytes_(text.begin(), text.end()) { bytes_.shrink_to_fit(); }
  std::string_view text() const { return {bytes_.data(), bytes_.size()}; }

 private:
  std::vector<char> bytes_;
};

// The ways to cut a stream into pieces: whole (0), byte by byte (1), or pieces of changing size.
inline constexpr unsigned ways_to_cut = 4;
template <class Feed>
void feed_in_pieces(std::string_view stream, unsigned way, Feed feed) {
  std::size_t size = way == 0 ? stream.size() : 1;
  for (std::size_t at = 0; at < stream.size(); at += size) {
    if (way > 1) size = 1 + (at * way * 2654435761U >> 7) % (way * 11);
    const Exactly piece{stream.substr(at, size)};
    feed(piece.text());
  }
}

}  // namespace fuzz

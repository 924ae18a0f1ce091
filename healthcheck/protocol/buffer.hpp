// Bytes put together in a buffer of fixed size: a request, expanded texts.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace healthcheck {

// What does not fit makes the whole unusable, never shorter: ask overflowed() before use. Zero at the start,
// so that a static one costs no byte of the file, and no page of memory beyond those written to.
class Buffer {
 public:
  static constexpr std::size_t capacity = 8192;

  [[gnu::noinline]] void add(char c);
  void add(std::string_view text);

  bool overflowed() const { return size_ > capacity; }
  std::size_t size() const { return size_; }
  // What was added since size() was `mark`.
  std::string_view from(std::size_t mark) const;
  void cut_back_to(std::size_t mark) { size_ = mark; }
  // Puts a length into the two bytes at `at`, high one first: that of what came after them and after
  // `skipped` more. It is known when what it measures is there.
  void fill_in_length(std::size_t at, std::size_t skipped);

 private:
  std::size_t size_ = 0;
  std::array<char, capacity> bytes_{};
};

// The program's: expanded texts, and behind them what is sent. There is one, as there is one message line,
// and its address is a constant in all code that is given it.
extern Buffer texts;

}  // namespace healthcheck

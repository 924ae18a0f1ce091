// One message line, built in a buffer of fixed size: no stdio, no heap, never more than one line.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/duration.hpp"

namespace base {

class MessageBuilder {
 public:
  // With the newline: what Podman keeps of a health check's output.
  static constexpr std::size_t capacity = 500;
  // Of one piece of text from outside, so that what comes after it is still read.
  static constexpr std::size_t escaped_limit = 120;

  constexpr MessageBuilder() = default;

  // Our own words, as they are.
  MessageBuilder& add(std::string_view text);
  MessageBuilder& add(const char* text);
  // Words from outside: anything but printable ASCII as \xHH, cut short with "..." at `limit`.
  MessageBuilder& add_escaped(std::string_view text, std::size_t limit = escaped_limit);
  MessageBuilder& add(std::int64_t number);
  // "250ms", "10s", "1.5s": as parse_duration() reads it, to the millisecond.
  MessageBuilder& add(Duration duration);

  MessageBuilder& clear();
  // The line with its newline.
  std::string_view finish();
  // The text so far; and as a C string: a path.
  std::string_view text() const { return {text_.data(), size_}; }
  const char* c_str();

 private:
  MessageBuilder& put(char c);

  std::array<char, capacity> text_{};
  std::size_t size_ = 0;
};

}  // namespace base

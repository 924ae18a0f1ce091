// Builds one line of a message in a buffer of fixed size: no stdio, no heap.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/duration.hpp"

namespace base {

class MessageBuilder {
 public:
  // Including the newline. Podman keeps this much of a health check's output.
  static constexpr std::size_t capacity = 500;
  // Limit for one piece of text from outside, so that it does not crowd out the reason after it.
  static constexpr std::size_t escaped_limit = 120;

  constexpr MessageBuilder() = default;

  // Adds a text of the program's own, unchanged.
  MessageBuilder& add(std::string_view text);
  MessageBuilder& add(const char* text);
  // Adds text from outside: bytes that are not printable ASCII as \xHH, cut short with "..." at `limit`,
  // and an empty text as ''.
  MessageBuilder& add_escaped(std::string_view text, std::size_t limit = escaped_limit);
  MessageBuilder& add(std::int64_t number);
  // Adds "250ms", "10s" or "1.5s", the form that parse_duration() reads, to the millisecond.
  MessageBuilder& add(Duration duration);

  MessageBuilder& clear();
  // The line with its newline.
  std::string_view finish();
  // The text so far.
  std::string_view text() const { return {text_.data(), size_}; }

 private:
  MessageBuilder& put(char c);

  std::size_t size_ = 0;
  std::array<char, capacity> text_;  // only the first size_ bytes are initialised
};

}  // namespace base

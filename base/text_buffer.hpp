// A text that the kernel takes as a C string, put together from pieces in a buffer of its own size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace base {

// Overflow invalidates the text; it never truncates. A shortened path would name another file.
class TextBuffer {
 public:
  explicit TextBuffer(std::span<char> bytes) : bytes_(bytes) {}
  TextBuffer(const TextBuffer&) = delete;

  TextBuffer& clear() {
    size_ = 0;
    return *this;
  }

  TextBuffer& add(std::string_view text) {
    for (char c : text) put(c);
    return *this;
  }

  TextBuffer& add_number(std::uint64_t number) {
    std::uint64_t place = 1;
    while (number / place >= 10) place *= 10;
    for (; place != 0; place /= 10) put(static_cast<char>('0' + number / place % 10));
    return *this;
  }

  // Null after an overflow. The pointer is valid until the buffer changes.
  const char* c_str() {
    if (size_ >= bytes_.size()) return nullptr;
    bytes_[size_] = '\0';
    return bytes_.data();
  }

 private:
  void put(char c) {
    if (size_ < bytes_.size()) bytes_[size_++] = c;
  }

  std::span<char> bytes_;
  std::size_t size_ = 0;
};

// A text buffer with its bytes, which are left uninitialised: clearing them would touch a page of memory for
// a path of twenty bytes.
template <std::size_t capacity>
class TextBufferOf : public TextBuffer {
 public:
  TextBufferOf() : TextBuffer(storage_) {}  // NOLINT(*-member-init)

 private:
  char storage_[capacity];
};

// The longest path that the kernel takes, with its NUL (path_resolution(7)).
using PathBuffer = TextBufferOf<4096>;

}  // namespace base

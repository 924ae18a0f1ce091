#include "base/message_builder.hpp"

namespace base {
namespace {

char hex(int nibble) { return static_cast<char>(nibble < 10 ? '0' + nibble : 'a' + nibble - 10); }

}  // namespace

// Not inlined: every added character goes through here, and a call is smaller.
__attribute__((noinline)) MessageBuilder& MessageBuilder::put(char c) {
  if (size_ < capacity - 1) text_[size_++] = c;
  return *this;
}

MessageBuilder& MessageBuilder::add(std::string_view text) {
  for (char c : text) put(c);
  return *this;
}

MessageBuilder& MessageBuilder::add(const char* text) {
  while (*text != '\0') put(*text++);
  return *this;
}

MessageBuilder& MessageBuilder::add_escaped(std::string_view text, std::size_t limit) {
  if (text.empty()) return add("''");
  std::size_t end = size_ + limit;
  for (char c : text) {
    if (size_ >= end) return add("...");
    if (c >= ' ' && c <= '~') {
      put(c);
    } else {
      auto byte = static_cast<unsigned char>(c);
      add("\\x").put(hex(byte >> 4)).put(hex(byte & 15));
    }
  }
  return *this;
}

MessageBuilder& MessageBuilder::add(std::int64_t number) {
  if (number < 0) put('-');
  auto rest = static_cast<std::uint64_t>(number < 0 ? -number : number);
  std::uint64_t place = 1;
  while (rest / place >= 10) place *= 10;
  for (; place != 0; place /= 10) put(static_cast<char>('0' + rest / place % 10));
  return *this;
}

MessageBuilder& MessageBuilder::add(Duration duration) {
  std::int64_t all = duration.nanoseconds / 1'000'000;
  if (all < 1000 && all != 0) return add(all).add("ms");
  add(all / 1000);
  if (std::int64_t rest = all % 1000; rest != 0) {
    put('.');
    for (std::int64_t place = 100; rest != 0; rest %= place, place /= 10)
      put(static_cast<char>('0' + rest / place));
  }
  return put('s');
}

MessageBuilder& MessageBuilder::clear() {
  size_ = 0;
  return *this;
}

std::string_view MessageBuilder::finish() {
  text_[size_] = '\n';
  return {text_.data(), size_ + 1};
}

}  // namespace base

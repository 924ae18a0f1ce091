#include "base/arena.hpp"

namespace base {

void Arena::add(char c) {
  if (size_ < capacity)
    bytes_[size_++] = c;
  else
    size_ = capacity + 1;
}

void Arena::add(std::string_view text) {
  for (char c : text) add(c);
}

void Arena::fill_in_length(std::size_t at, std::size_t skipped) {
  if (overflowed()) return;
  std::size_t length = size_ - at - 2 - skipped;
  bytes_[at] = static_cast<char>(length >> 8);
  bytes_[at + 1] = static_cast<char>(length);
}

[[gnu::noinline]] std::string_view Arena::since(std::size_t start) const {
  if (overflowed()) return {};
  return {bytes_.data() + start, size_ - start};
}

}  // namespace base

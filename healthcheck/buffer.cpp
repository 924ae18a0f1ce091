#include "healthcheck/buffer.hpp"

namespace healthcheck {

void Buffer::add(char c) {
  if (size_ < capacity)
    bytes_[size_++] = c;
  else
    size_ = capacity + 1;
}

void Buffer::add(std::string_view text) {
  for (char c : text) add(c);
}

std::string_view Buffer::from(std::size_t mark) const {
  if (overflowed()) return {};
  return {bytes_.data() + mark, size_ - mark};
}

}  // namespace healthcheck

// Views of binary data, as TLS's primitives take and give them, and big-endian numbers in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace healthcheck::tls {

using Bytes = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;

template <class Number>
Number load_big_endian(const std::uint8_t* bytes) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) number = static_cast<Number>(number << 8 | bytes[i]);
  return number;
}

inline void store_big_endian(std::uint8_t* bytes, std::uint64_t number) {
  for (std::size_t i = sizeof number; i-- > 0; number >>= 8) bytes[i] = static_cast<std::uint8_t>(number);
}

}  // namespace healthcheck::tls

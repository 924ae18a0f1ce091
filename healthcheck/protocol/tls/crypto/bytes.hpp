// Views of binary data, as TLS's primitives take and give them, and big-endian numbers in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace healthcheck::tls {

using Bytes = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;

// The same bytes as text, and back.
inline std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

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

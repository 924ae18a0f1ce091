// Bytes from hexadecimal digits and back, for test vectors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "healthcheck/protocol/tls/crypto/bytes.hpp"

namespace healthcheck::tls {

using ByteString = std::vector<std::uint8_t>;

inline ByteString from_hex(std::string_view digits) {
  ByteString bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(std::string{digits.substr(i, 2)}, nullptr, 16)));
  return bytes;
}

inline std::string to_hex(Bytes bytes) {
  std::string digits;
  for (std::uint8_t byte : bytes)
    for (int shift : {4, 0}) digits += "0123456789abcdef"[byte >> shift & 15];
  return digits;
}

inline ByteString from_text(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace healthcheck::tls

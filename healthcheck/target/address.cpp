#include "healthcheck/target/address.hpp"

#include "base/hex.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

namespace healthcheck {
namespace {

using base::take_until;

constexpr std::size_t mapped_prefix = 12;

// The four numbers of an IPv4 address.
bool parse_four(std::string_view text, std::uint8_t* four) {
  for (int i = 0; i < 4; ++i) {
    std::size_t length = text.size();
    std::string_view part = take_until(text, '.');
    bool is_last = part.size() == length;
    auto number = base::parse_number(part, 255);
    if (!number || (part.size() > 1 && part[0] == '0') || is_last != (i == 3)) return false;
    four[i] = static_cast<std::uint8_t>(*number);
  }
  return true;
}

// One to four hexadecimal digits.
bool parse_group(std::string_view text, std::uint8_t* two) {
  if (text.empty() || text.size() > 4) return false;
  int number = 0;
  for (char c : text) {
    int digit = base::hex_value(c);
    if (digit < 0) return false;
    number = number << 4 | digit;
  }
  two[0] = static_cast<std::uint8_t>(number >> 8);
  two[1] = static_cast<std::uint8_t>(number);
  return true;
}

}  // namespace

Address Address::loopback_ipv4() { return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1}}; }
Address Address::loopback_ipv6() { return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}; }

bool Address::is_ipv4() const {
  for (std::size_t i = 0; i < mapped_prefix; ++i)
    if (bytes[i] != (i < 10 ? 0 : 0xff)) return false;
  return true;
}

bool Address::is_unspecified() const {
  for (std::size_t i = is_ipv4() ? mapped_prefix : 0; i < size; ++i)
    if (bytes[i] != 0) return false;
  return true;
}

bool Address::is_ipv4_loopback() const { return is_ipv4() && bytes[mapped_prefix] == 127; }

bool Address::is_for_many() const {
  if (!is_ipv4()) return bytes[0] == 0xff;
  std::uint8_t first = bytes[mapped_prefix];
  return (first >= 224 && first < 240) || (first & bytes[13] & bytes[14] & bytes[15]) == 255;
}

void Address::replace_unspecified() {
  if (is_unspecified()) *this = is_ipv4() ? loopback_ipv4() : loopback_ipv6();
}

bool parse_ipv4(std::string_view text, Address& address) {
  address = Address::loopback_ipv4();
  return parse_four(text, &address.bytes[mapped_prefix]);
}

bool parse_ipv6(std::string_view text, Address& address) {
  constexpr std::size_t none = ~std::size_t{0};
  std::size_t size = 0, gap = none;
  auto& bytes = address.bytes;
  bytes = {};
  if (text.starts_with("::")) {
    gap = 0;
    text.remove_prefix(2);
  }
  while (!text.empty() || gap != size) {
    std::size_t length = text.size();
    std::string_view group = take_until(text, ':');
    bool is_last = group.size() == length;
    if (is_last && size <= mapped_prefix && parse_four(group, &bytes[size])) {
      size += 4;
      break;
    }
    if (size == Address::size || !parse_group(group, &bytes[size])) return false;
    size += 2;
    if (is_last) break;
    if (!text.starts_with(':')) continue;
    if (gap != none) return false;
    gap = size;
    text.remove_prefix(1);
  }
  if (gap == none || size == Address::size) return gap == none && size == Address::size;
  // The groups after the gap belong to the end.
  for (std::size_t from = size, to = Address::size; from > gap;) {
    bytes[--to] = bytes[--from];
    bytes[from] = 0;
  }
  return true;
}

bool parse_address(std::string_view text, Address& address) {
  if (!parse_ipv4(text, address) && !parse_ipv6(text, address)) return false;
  address.replace_unspecified();
  return !address.is_for_many();
}

}  // namespace healthcheck

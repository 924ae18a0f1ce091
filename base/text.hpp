// Walks the words of a text, without copying or allocating.
#pragma once

#include <string_view>

namespace base {

// Cuts the text before the first `separator` off `rest` and returns it; all of it where there is none.
constexpr std::string_view take_until(std::string_view& rest, char separator) {
  std::size_t length = 0;
  while (length < rest.size() && rest[length] != separator) ++length;
  std::string_view word{rest.data(), length};
  rest.remove_prefix(length < rest.size() ? length + 1 : length);
  return word;
}

constexpr bool contains(std::string_view text, char wanted) {
  for (char c : text)
    if (c == wanted) return true;
  return false;
}

constexpr char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (to_upper(a[i]) != to_upper(b[i])) return false;
  return true;
}

// Cuts `prefix`, in any case, off `text`; false and nothing cut where it does not start so.
constexpr bool take_prefix_ignoring_case(std::string_view& text, std::string_view prefix) {
  if (text.size() < prefix.size() || !equal_ignoring_case({text.data(), prefix.size()}, prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// The text without the blanks and tabs around it.
constexpr std::string_view trim(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

}  // namespace base

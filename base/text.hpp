// Cuts and compares texts without copying them.
#pragma once

#include <string_view>

namespace base {

// Removes the text before the first `separator`, and the separator itself, from `rest`, and returns that
// text. Without a separator, this is all of `rest`.
constexpr std::string_view take_until(std::string_view& rest, char separator) {
  std::size_t length = 0;
  while (length < rest.size() && rest[length] != separator) ++length;
  std::string_view word{rest.data(), length};
  rest.remove_prefix(length < rest.size() ? length + 1 : length);
  return word;
}

// White space of JSON, HTML and plain text.
constexpr bool is_white_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Removes the next word from `rest` and returns it. Words are separated by white space. Returns an empty text
// if no word is left.
constexpr std::string_view take_word(std::string_view& rest) {
  std::size_t start = 0;
  while (start < rest.size() && is_white_space(rest[start])) ++start;
  std::size_t end = start;
  while (end < rest.size() && !is_white_space(rest[end])) ++end;
  std::string_view word{rest.data() + start, end - start};
  rest.remove_prefix(end);
  return word;
}

// Returns whether the list, whose words are separated by single spaces, has the word.
constexpr bool contains_word(std::string_view list, std::string_view word) {
  while (!list.empty())
    if (take_until(list, ' ') == word) return true;
  return false;
}

constexpr bool contains(std::string_view text, char wanted) {
  for (char c : text)
    if (c == wanted) return true;
  return false;
}

[[gnu::noinline]] constexpr char to_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (to_upper(a[i]) != to_upper(b[i])) return false;
  return true;
}

// Removes `prefix`, in any case, from the start of `text`. Returns false if `text` does not start with it.
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

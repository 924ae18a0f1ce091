#include "healthcheck/target/expansion.hpp"

#include "base/hex.hpp"
#include "base/text.hpp"

namespace healthcheck {
namespace {

using base::Problem;

char take_first(std::string_view& text) {
  char c = text.front();
  text.remove_prefix(1);
  return c;
}

// Reads the escape after a backslash into `c`. Returns false if there is no such escape.
bool take_escape(std::string_view& rest, char& c) {
  if (rest.empty()) return false;
  c = take_first(rest);
  constexpr std::string_view letters = "rnt0\\", bytes{"\r\n\t\0\\", 5};
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i] != c) continue;
    c = bytes[i];
    return true;
  }
  if (c != 'x' || rest.size() < 2) return false;
  int high = base::hex_value(rest[0]), low = base::hex_value(rest[1]);
  rest.remove_prefix(2);
  c = static_cast<char>(high * 16 + low);
  return high >= 0 && low >= 0;
}

}  // namespace

bool has_shell_variable(std::string_view text) {
  for (; text.size() > 1; text.remove_prefix(1)) {
    if (text[0] != '$') continue;
    char c = base::to_upper(text[1]);
    if (c == '_' || (c >= 'A' && c <= 'Z')) return true;
    // "$$" is one dollar sign.
    if (c == '$') text.remove_prefix(1);
  }
  return false;
}

const char* Expansion::find_variable(std::string_view name) const {
  for (char** variable = environment_; *variable != nullptr; ++variable) {
    std::string_view value = *variable;
    if (base::take_until(value, '=') == name) return value.data();
  }
  return nullptr;
}

bool Expansion::is_from_environment(std::string_view text) const {
  for (char** variable = environment_; *variable != nullptr; ++variable) {
    std::string_view entry = *variable;
    if (text.data() >= entry.data() && text.data() <= entry.data() + entry.size()) return true;
  }
  return false;
}

Problem Expansion::expand_variable(std::string_view& rest) {
  std::size_t length = rest.size();
  std::string_view name = base::take_until(rest, '}');
  if (name.size() == length) return "no } after ${";
  std::string_view fallback = name;
  name = base::take_until(fallback, ':');
  const char* value = find_variable(name);
  if (!fallback.empty()) {
    if (take_first(fallback) != '-') return "neither ${NAME} nor ${NAME:-default}";
    if (value == nullptr || *value == '\0') {
      arena_.add(fallback);
      return nullptr;
    }
  }
  if (value == nullptr) {
    unset_variable_ = name;
    return "unset variable";
  }
  arena_.add(std::string_view{value});
  return nullptr;
}

Problem Expansion::expand(std::string_view& text, Escapes escapes) {
  std::size_t start = arena_.size();
  for (std::string_view rest = text; !rest.empty();) {
    char c = take_first(rest);
    if (c == '$' && rest.starts_with('{')) {
      rest.remove_prefix(1);
      if (Problem problem = expand_variable(rest)) return problem;
      continue;
    }
    if (c == '$' && rest.starts_with('$')) rest.remove_prefix(1);
    if (c == '\\' && escapes == Escapes::Read && !take_escape(rest, c)) return "invalid escape";
    arena_.add(c);
  }
  if (arena_.overflowed()) return "too long";
  text = arena_.since(start);
  return nullptr;
}

}  // namespace healthcheck

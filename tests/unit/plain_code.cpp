#include "plain_code.hpp"

#include <cctype>
#include <regex>

namespace rules {
namespace {

// The last character of the raw string whose first quotation mark stands at `quote`.
std::size_t end_of_raw_string(const std::string& text, std::size_t quote) {
  const std::size_t open = text.find('(', quote);
  if (open == text.npos) return text.size();
  const std::string mark = ")" + text.substr(quote + 1, open - quote - 1) + "\"";
  const std::size_t close = text.find(mark, open);
  return close == text.npos ? text.size() : close + mark.size() - 1;
}

}  // namespace

std::string plain_code(const std::string& text) {
  std::string code;
  enum class In { Code, Comment, String, Character, Directive } in = In::Code;
  bool line_starts = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      const bool continues = i > 0 && text[i - 1] == '\\' && in == In::Directive;
      if (!continues) in = In::Code;
      line_starts = true;
      code += c;
      continue;
    }
    if (in == In::Code && line_starts && c == '#') in = In::Directive;
    if (c != ' ') line_starts = false;
    if (in == In::Code && c == '/' && i + 1 < text.size() && text[i + 1] == '/') in = In::Comment;
    if ((in == In::String || in == In::Character) && c == '\\') {
      ++i;
      continue;
    }
    if (in == In::Code && c == '"' && i > 0 && text[i - 1] == 'R') {
      const std::size_t end = end_of_raw_string(text, i);
      for (; i < end; ++i)
        if (text[i] == '\n') code += '\n';
      continue;
    }
    const bool is_digit_separator =
        c == '\'' && i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1]));
    if (in == In::Code && c == '"')
      in = In::String;
    else if (in == In::String && c == '"')
      in = In::Code;
    else if (in == In::Code && c == '\'' && !is_digit_separator)
      in = In::Character;
    else if (in == In::Character && c == '\'')
      in = In::Code;
    if (in == In::Code) code += c;
  }
  static const std::regex attribute{R"(__attribute__\(\([^)]*\)\)|alignas\([^)]*\)|\[\[[^\]]*\]\])"};
  return std::regex_replace(code, attribute, "");
}

}  // namespace rules

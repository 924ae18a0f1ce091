#include "rules.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <regex>
#include <utility>

#include "plain_code.hpp"

namespace rules {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

enum class Scope { Namespace, Class, Body };

// A declaration that ends with a semicolon, at the scope of a namespace or a class.
struct Statement {
  std::string text;
  Scope scope = Scope::Namespace;
  int line = 0;
};

bool is_blank(const std::string& text) { return text.find_first_not_of(" \n\t") == text.npos; }

std::string trimmed(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

// The scope that a brace after this text opens.
Scope scope_of(const std::string& text) {
  static const std::regex space{R"(^(inline )?(namespace|extern)\b[^()=]*$)"};
  static const std::regex type{R"(^(template\s*<.*>\s*)?(class|struct|union)\b[^()=]*$)"};
  if (std::regex_search(text, space)) return Scope::Namespace;
  return std::regex_search(text, type) ? Scope::Class : Scope::Body;
}

bool is_function(const std::string& text) {
  static const std::regex not_function{R"(^(enum|using|typedef|static_assert|return)\b)"};
  const std::size_t open = text.find('('), equal = text.find(" = ");
  return open != text.npos && (equal == text.npos || open < equal || text.contains("operator")) &&
         !std::regex_search(text, not_function);
}

using Visit = std::function<void(const Statement&)>;
using VisitFunction = std::function<void(const std::string& head, int lines)>;

// Visits the statements of all namespaces and classes, and the functions that have a body.
class Walk {
 public:
  Walk(Visit visit, VisitFunction function) : visit_(std::move(visit)), function_(std::move(function)) {}

  void run(const std::string& code) {
    for (const char c : code) {
      if (c == '\n') ++line_;
      if (c == '{')
        open();
      else if (c == '}')
        close();
      else if (scopes_.back() != Scope::Body)
        add(c);
    }
  }

 private:
  void open() {
    const Scope outer = scopes_.back();
    const std::string text = trimmed(statement_);
    const Scope inner = outer == Scope::Body ? Scope::Body : scope_of(text);
    scopes_.push_back(inner);
    if (inner != Scope::Body)
      statement_.clear();
    else if (outer != Scope::Body)
      head_ = text, head_line_ = line_;
  }

  void close() {
    const Scope inner = scopes_.back();
    if (scopes_.size() > 1) scopes_.pop_back();
    if (scopes_.back() == Scope::Body) return;
    // The text before the braces of an initialiser belongs to the statement that goes on after them.
    if (inner == Scope::Body && !is_function(head_)) return;
    if (inner == Scope::Body) function_(head_, line_ - head_line_ + 1);
    statement_.clear();
  }

  void add(char c) {
    if (c == ';') {
      if (!is_blank(statement_)) visit_({trimmed(statement_), scopes_.back(), line_});
      statement_.clear();
      return;
    }
    statement_ += c;
    if (c != ':') return;
    if (const std::string text = trimmed(statement_);
        text == "public:" || text == "private:" || text == "protected:")
      statement_.clear();
  }

  Visit visit_;
  VisitFunction function_;
  std::vector<Scope> scopes_{Scope::Namespace};  // of the open braces
  std::string statement_, head_;
  int line_ = 1, head_line_ = 0;
};

// The parameters of the first parameter list: commas that are in no bracket.
int count_parameters(const std::string& head) {
  const std::size_t open = head.find('(');
  if (open == head.npos) return 0;
  int depth = 0, commas = 0;
  std::string inside;
  for (std::size_t i = open; i < head.size(); ++i) {
    const char c = head[i];
    if (c == '(' || c == '<' || c == '[') ++depth;
    if (c == ')' || c == '>' || c == ']') --depth;
    if (depth == 0) break;
    if (c == ',' && depth == 1) ++commas;
    inside += c;
  }
  return is_blank(inside.substr(1)) ? 0 : commas + 1;
}

}  // namespace

std::vector<std::string> sources(const fs::path& root, const std::vector<std::string>& folders) {
  std::vector<std::string> files;
  for (const std::string& folder : folders)
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
        files.push_back(fs::relative(entry.path(), root).string());
  std::ranges::sort(files);
  return files;
}

Violations mutable_globals(const fs::path& root, const std::string& file) {
  static const std::regex other{
      R"(^(using|typedef|__extension__ typedef|friend|static_assert|enum|class|struct|union|namespace|template)\b)"};
  // A pointer to constant data is no constant itself.
  static const std::regex constant{R"(\bconstexpr\b|\bconst\b[^*]*$)"};
  Violations violations;
  const auto check = [&](const Statement& statement) {
    if (is_function(statement.text) || std::regex_search(statement.text, other)) return;
    if (statement.scope == Scope::Class && !statement.text.starts_with("static ") &&
        !statement.text.starts_with("inline static "))
      return;
    if (!std::regex_search(statement.text, constant))
      violations.push_back(file + ":" + std::to_string(statement.line) + ": " + statement.text);
  };
  Walk{check, [](const std::string&, int) {}}.run(plain_code(read(root / file)));
  return violations;
}

Violations long_parts(const fs::path& root, const std::string& file, Limits limits) {
  Violations violations;
  const std::string text = read(root / file);
  const auto lines = std::ranges::count(text, '\n');
  if (lines > limits.file_lines) violations.push_back(file + ": " + std::to_string(lines) + " lines");
  const auto check_parameters = [&](const std::string& head) {
    const int count = count_parameters(head);
    if (count > limits.parameters)
      violations.push_back(file + ": " + std::to_string(count) + " parameters: " + head);
  };
  const auto check_function = [&](const std::string& head, int length) {
    check_parameters(head);
    if (length > limits.function_lines)
      violations.push_back(file + ": " + std::to_string(length) + " lines: " + head);
  };
  const auto check_statement = [&](const Statement& statement) {
    if (is_function(statement.text)) check_parameters(statement.text);
  };
  Walk{check_statement, check_function}.run(plain_code(text));
  return violations;
}

}  // namespace rules

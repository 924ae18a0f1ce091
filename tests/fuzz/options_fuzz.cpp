// Runs the option parser with both programs' tables on a command line and an environment made from the input.
#include "healthcheck/config.hpp"
#include "init/config.hpp"
#include "property.hpp"
#include "sys/message.hpp"

namespace fuzz {
namespace {

// Strings as execve(2) passes them, each in a block of its own.
class Strings {
 public:
  void add(std::string_view text) {
    texts_.emplace_back(text);
    texts_.back().push_back('\0');
  }
  std::vector<char*> pointers() {
    std::vector<char*> pointers;
    for (auto& text : texts_) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
  }

 private:
  struct Block : std::vector<char> {
    explicit Block(std::string_view text) : std::vector<char>(text.begin(), text.end()) {}
  };
  std::vector<Block> texts_;
};

// The message for an error is one short line of printable characters.
Violation check_error(const base::UsageError& error) {
  base::MessageBuilder line;
  base::add_usage_error(line, error);
  for (char c : line.text())
    if (c < ' ' || c > '~') return "a control character in the message";
  if (error.problem == nullptr) return "an error without a problem";
  return line.text().empty() ? "an error without words" : "";
}

template <class Config>
Violation check_table(const base::OptionTable& table, Config& config, const std::vector<char*>& arguments,
                      const std::vector<char*>& environment) {
  std::vector<char*> copy = arguments;
  base::OptionParser parser{table, &config, config.finished};
  const bool parsed = parser.parse(copy.data(), const_cast<char**>(environment.data()));
  if (copy != arguments) return "the arguments were changed";
  if (!parsed) return check_error(parser.error());
  if (config.finished) return {};
  // The operands are the last arguments: all arguments before them were options or their values.
  if (parser.operands() < copy.data() || parser.operands() >= copy.data() + copy.size())
    return "operands that are not the last arguments";
  const auto index = static_cast<std::size_t>(parser.operands() - copy.data());
  const bool ended = index > 1 && std::string_view{copy[index - 1]} == "--";
  const char* first = copy[index];
  if (!ended && first != nullptr && first[0] == '-' && first[1] != '\0')
    return "an option among the operands";
  return {};
}

}  // namespace

// Arguments end with NUL bytes; an argument that begins with a line feed is a variable.
Violation check(std::string_view input) {
  Strings arguments, environment;
  arguments.add("program");
  Choices choices{input};
  while (!choices.rest().empty()) {
    std::string_view text = choices.take_until('\0');
    if (text.starts_with('\n'))
      environment.add(text.substr(1));
    else
      arguments.add(text);
  }
  std::vector<char*> words = arguments.pointers(), variables = environment.pointers();
  init::Config init_config;
  if (Violation violation = check_table(init::option_table, init_config, words, variables);
      !violation.empty())
    return "init: " + violation;
  base::Arena arena;
  healthcheck::Expansion expansion{variables.data(), arena};
  healthcheck::Config config{expansion};
  Violation violation = check_table(healthcheck::option_table, config, words, variables);
  return violation.empty() ? violation : "healthcheck: " + violation;
}

}  // namespace fuzz

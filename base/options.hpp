// The option table: one row an option, and from it --help, the parser and the environment variables' names.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/message_builder.hpp"

namespace base {

enum class Takes : std::uint8_t { Nothing, Value, OptionalValue };

// The result of an apply function: null, or the problem with the value ("invalid duration").
using Problem = const char*;

template <class Config>
struct Option {
  char letter;            // ' ': none
  std::string_view name;  // long, without the dashes
  Takes takes;
  std::string_view value;  // its name in --help
  std::string_view help;
  Problem (*apply)(Config&, std::string_view);  // a switch gets "1" on the command line
};

// Applies one value to the option of that index.
using ApplyOption = Problem (*)(void* config, std::size_t index, std::string_view value);

// The table as the binary holds it: the text that --help prints. Its option lines are fixed in form, so the
// parser reads them there, and no text is there twice.
struct OptionTable {
  std::string_view help;
  std::string_view rows;    // the part of it that is option lines
  std::string_view prefix;  // of the variables: "INIT_"
  ApplyOption apply;
};

struct OptionRow {
  char letter = 0;
  Takes takes = Takes::Nothing;
  std::string_view name;
};

// Reads one option line: "  -x, --name…", the name ended by a blank, or by "=" or "[" where it takes a value.
OptionRow parse_option_row(std::string_view line);

struct UsageError {
  enum class Subject : std::uint8_t { Letter, LongOption, Variable };

  Problem problem = nullptr;  // none: no error
  Subject kind = Subject::LongOption;
  std::string_view subject;  // the option's name, its letter, or the variable's name
  std::string_view text;     // the value, to be quoted
};

class OptionParser {
 public:
  // `finished` is asked after each option: --help and --version end the parsing.
  OptionParser(const OptionTable& table, void* config, const bool& finished)
      : table_(table), config_(config), finished_(finished) {}

  // Parses the command line, up to the first operand or "--", then the environment for what it did not name.
  // --help and --version have no variable: INIT_VERSION is a name that people give to other things.
  // False: there is an error.
  bool parse(char** arguments, char** environment);
  const UsageError& error() const { return error_; }
  // The first operand.
  char** operands() const { return next_; }

 private:
  using Subject = UsageError::Subject;

  bool parse_long(std::string_view text);
  bool parse_letters(std::string_view letters);
  bool parse_variable(std::string_view name, std::string_view value);
  bool find(Subject kind, std::string_view name);
  bool apply_or_take(std::string_view value, bool has_value);
  bool apply(std::string_view value);
  bool fail(Problem problem, std::string_view text = {});

  const OptionTable& table_;
  void* config_;
  const bool& finished_;
  char** next_ = nullptr;    // the next argument
  std::uint64_t given_ = 0;  // on the command line, a bit a row
  OptionRow row_;            // the one that was found
  unsigned index_ = 0;
  UsageError error_;
};

// For apply functions of switches: "1 0 true false".
Problem apply_switch(bool& flag, std::string_view value);

// "--grace: invalid duration '5x'": what follows the program's name in the message.
MessageBuilder& add_usage_error(MessageBuilder& line, const UsageError& error);

// Builds the help text and the dispatcher of a constexpr std::array of Option rows.
template <const auto& rows, const auto& before, const auto& after, class Config>
struct Packed {
  static constexpr std::size_t help_column = 30;

  // Puts text, or only counts it, where `to` is null.
  struct Writer {
    char* to;
    std::size_t size = 0;

    constexpr void put(std::string_view piece) {
      for (char c : piece) {
        if (to != nullptr) to[size] = c;
        ++size;
      }
    }
  };

  static constexpr void put_row(Writer& out, const Option<Config>& row) {
    std::size_t start = out.size;
    const char letter[] = {row.letter == ' ' ? ' ' : '-', row.letter, row.letter == ' ' ? ' ' : ','};
    out.put("  ");
    out.put({letter, 3});
    out.put(" --");
    out.put(row.name);
    if (row.takes == Takes::OptionalValue) out.put("[");
    if (row.takes != Takes::Nothing) out.put("=");
    out.put(row.value);
    if (row.takes == Takes::OptionalValue) out.put("]");
    do out.put(" ");
    while (out.size < start + help_column);
    out.put(row.help);
    out.put("\n");
  }

  static constexpr std::size_t put_all(char* to) {
    Writer out{to};
    out.put(before);
    for (const auto& row : rows) put_row(out, row);
    out.put(after);
    return out.size;
  }

  static constexpr auto text = [] {
    std::array<char, put_all(nullptr)> bytes{};
    put_all(bytes.data());
    return bytes;
  }();

  template <std::size_t index>
  static constexpr bool apply_if(std::size_t wanted, Config& config, std::string_view value,
                                 Problem& problem) {
    if (wanted != index) return false;
    problem = rows[index].apply(config, value);
    return true;
  }

  static constexpr Problem apply(void* config, std::size_t wanted, std::string_view value) {
    return [&]<std::size_t... index>(std::index_sequence<index...>) {
      Problem problem = nullptr;
      static_cast<void>((apply_if<index>(wanted, *static_cast<Config*>(config), value, problem) || ...));
      return problem;
    }(std::make_index_sequence<rows.size()>{});
  }

  static constexpr OptionTable table(std::string_view prefix) {
    constexpr std::string_view help{text.data(), text.size()};
    return {help, help.substr(before.size(), help.size() - before.size() - after.size()), prefix, &apply};
  }
};

}  // namespace base

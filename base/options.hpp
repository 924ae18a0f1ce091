// The option table: one row an option. The parser, the help text and the names of the environment variables
// come out of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/duration.hpp"
#include "base/message_builder.hpp"

namespace base {

enum class Takes : std::uint8_t { Nothing, Value, OptionalValue };
enum class Variable : std::uint8_t { Exists, None };

// The result of an apply function: null, or the problem with the value ("invalid duration").
using Problem = const char*;

template <class Config>
struct Option {
  char letter;            // ' ': none
  std::string_view name;  // long, without the dashes
  Takes takes;
  std::string_view value;  // its name in --help
  std::string_view help;
  Problem (*apply)(Config&, std::string_view);  // a bare switch gets "1"
  Variable variable = Variable::Exists;
};

// Applies one value to the option of that index.
using ApplyOption = Problem (*)(void* config, std::size_t index, std::string_view value);

// An option as the parser needs it. The help text already contains the name, so a row has only its position.
struct OptionRow {
  char letter = ' ';
  Takes takes = Takes::Nothing;
  Variable variable = Variable::Exists;
  std::uint8_t name_length = 0;
  std::uint16_t name_offset = 0;
};

struct OptionTable {
  std::string_view help;
  const OptionRow* rows;
  std::size_t row_count;
  std::string_view prefix;  // of the variables: "DISTROLESS_INIT_"
  ApplyOption apply;

  constexpr std::string_view name_of(const OptionRow& row) const {
    return {help.data() + row.name_offset, row.name_length};
  }
};

struct UsageError {
  enum class Subject : std::uint8_t { Letter, LongOption, Variable };

  Problem problem = nullptr;  // null: no error
  Subject kind = Subject::LongOption;
  std::string_view subject;  // the option's name, its letter, or the variable's name
  std::string_view text;     // the value to quote; its data is null if there is none
};

class OptionParser {
 public:
  // Parsing ends as soon as an option sets `finished`, as --help and --version do.
  OptionParser(const OptionTable& table, void* config, const bool& finished)
      : table_(table), config_(config), finished_(finished) {}

  // Parses the command line up to the first operand or "--". Then takes from the environment the options that
  // the command line did not set. A variable that is empty counts as one that is not set. Returns false on an
  // error.
  bool parse(char** arguments, char** environment);
  const UsageError& error() const { return error_; }
  // The first operand.
  char** operands() const { return next_; }
  // The rows that the command line set, one bit each.
  std::uint64_t given() const { return given_; }

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
  std::uint64_t given_ = 0;  // the rows that the command line set, one bit each
  OptionRow row_;            // the row that find() found
  unsigned index_ = 0;
  UsageError error_;
};

// Reads a switch: 1, 0, true or false.
Problem apply_switch(bool& flag, std::string_view value);
Problem apply_duration(Duration& duration, std::string_view value);

// Adds "--grace: invalid duration '5x'".
MessageBuilder& add_usage_error(MessageBuilder& line, const UsageError& error);

// Makes the option table of a constexpr std::array of Option rows, with the texts before and after them in
// --help.
template <const auto& rows, const auto& before, const auto& after, class Config>
struct HelpTable {
  static constexpr std::size_t help_column = 30;

  // Appends text. Only counts its size if `to` is null.
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

  // Returns the offset of the option's name.
  static constexpr std::size_t put_row(Writer& out, const Option<Config>& row) {
    std::size_t start = out.size;
    const char letter[] = {row.letter == ' ' ? ' ' : '-', row.letter, row.letter == ' ' ? ' ' : ','};
    out.put("  ");
    out.put({letter, 3});
    out.put(" --");
    std::size_t name = out.size;
    out.put(row.name);
    if (row.takes == Takes::OptionalValue) out.put("[");
    if (row.takes != Takes::Nothing) out.put("=");
    out.put(row.value);
    if (row.takes == Takes::OptionalValue) out.put("]");
    do out.put(" ");
    while (out.size < start + help_column);
    out.put(row.help);
    out.put("\n");
    return name;
  }

  static constexpr std::size_t put_all(char* to, OptionRow* parsed) {
    Writer out{to};
    out.put(before);
    for (const auto& row : rows) {
      auto name = static_cast<std::uint16_t>(put_row(out, row));
      *parsed++ = {row.letter, row.takes, row.variable, static_cast<std::uint8_t>(row.name.size()), name};
    }
    out.put(after);
    return out.size;
  }

  static constexpr std::size_t text_size = [] {
    std::array<OptionRow, rows.size()> ignored{};
    return put_all(nullptr, ignored.data());
  }();

  struct Contents {
    std::array<char, text_size> text{};
    std::array<OptionRow, rows.size()> parsed{};
  };
  static constexpr Contents contents = [] {
    Contents made;
    put_all(made.text.data(), made.parsed.data());
    return made;
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
    return {{contents.text.data(), text_size}, contents.parsed.data(), rows.size(), prefix, &apply};
  }
};

}  // namespace base

#include "base/options.hpp"

#include "base/text.hpp"

namespace base {
namespace {

// Returns whether a variable, without the program's prefix, names the option: STOP_DELAY is stop-delay.
bool names_variable(std::string_view option, std::string_view variable) {
  if (option.size() != variable.size()) return false;
  for (std::size_t i = 0; i < option.size(); ++i)
    if ((option[i] == '-' ? '_' : to_upper(option[i])) != variable[i]) return false;
  return true;
}

}  // namespace

bool OptionParser::parse(char** arguments, char** environment) {
  next_ = arguments;
  if (*next_ != nullptr) ++next_;
  while (!finished_ && *next_ != nullptr) {
    std::string_view text = *next_;
    if (text.size() < 2 || text[0] != '-') break;
    ++next_;
    if (text == "--") break;
    bool is_long = text[1] == '-';
    text.remove_prefix(is_long ? 2 : 1);
    if (is_long ? !parse_long(text) : !parse_letters(text)) return false;
  }
  for (; !finished_ && *environment != nullptr; ++environment) {
    std::string_view value = *environment;
    std::string_view name = take_until(value, '=');
    if (name.starts_with(table_.prefix) && !parse_variable(name, value)) return false;
  }
  return true;
}

// Parses "name" or "name=value", and takes the next argument if the option needs a value.
bool OptionParser::parse_long(std::string_view text) {
  std::string_view value = text;
  std::string_view name = take_until(value, '=');
  if (!find(Subject::LongOption, name)) return fail("unknown option");
  bool has_value = name.size() < text.size();
  return apply_or_take(value, has_value);
}

bool OptionParser::parse_letters(std::string_view letters) {
  while (!letters.empty() && !finished_) {
    if (!find(Subject::Letter, {letters.data(), 1})) return fail("unknown option");
    letters.remove_prefix(1);
    std::string_view value;
    if (row_.takes != Takes::Nothing) value = std::exchange(letters, {});
    if (!apply_or_take(value, !value.empty())) return false;
  }
  return true;
}

// Applies the value that is part of the argument, or takes the next argument if the option needs a value.
bool OptionParser::apply_or_take(std::string_view value, bool has_value) {
  if (row_.takes == Takes::Nothing) {
    if (!has_value) value = "1";
  } else if (row_.takes == Takes::Value && !has_value) {
    if (*next_ == nullptr) return fail("needs a value");
    value = *next_++;
  }
  return apply(value);
}

// Ignores a variable of an unknown name: others may use the prefix for theirs.
bool OptionParser::parse_variable(std::string_view name, std::string_view value) {
  const std::uint64_t by_command_line = given_;
  if (value.empty() || !find(Subject::Variable, name) || row_.variable == Variable::None ||
      (by_command_line >> index_ & 1) != 0)
    return true;
  bool applied = apply(value);
  given_ = by_command_line;
  return applied;
}

// Finds the row of this name. Keeps both for an error message.
bool OptionParser::find(Subject kind, std::string_view name) {
  error_.kind = kind;
  error_.subject = name;
  if (kind == Subject::Variable) name.remove_prefix(table_.prefix.size());
  for (index_ = 0; index_ < table_.row_count; ++index_) {
    row_ = table_.rows[index_];
    bool found = kind == Subject::Letter       ? row_.letter == name[0] && name[0] != ' '
                 : kind == Subject::LongOption ? table_.name_of(row_) == name
                                               : names_variable(table_.name_of(row_), name);
    if (found) return true;
  }
  return false;
}

bool OptionParser::apply(std::string_view value) {
  given_ |= std::uint64_t{1} << index_;
  Problem problem = table_.apply(config_, index_, value);
  return problem == nullptr || fail(problem, value);
}

bool OptionParser::fail(Problem problem, std::string_view text) {
  error_.problem = problem;
  error_.text = text;
  return false;
}

Problem apply_switch(bool& flag, std::string_view value) {
  flag = value == "1" || value == "true";
  return flag || value == "0" || value == "false" ? nullptr : "needs 1, 0, true or false, not";
}

Problem apply_duration(Duration& duration, std::string_view value) {
  auto parsed = parse_duration(value);
  if (!parsed) return "invalid duration";
  duration = *parsed;
  return nullptr;
}

MessageBuilder& add_usage_error(MessageBuilder& line, const UsageError& error) {
  using Subject = UsageError::Subject;
  if (error.kind != Subject::Variable) line.add("-");
  if (error.kind == Subject::LongOption) line.add("-");
  line.add_escaped(error.subject).add(": ").add(error.problem);
  if (error.text.data() == nullptr) return line;
  if (error.text.empty()) return line.add(" ''");
  return line.add(" '").add_escaped(error.text).add("'");
}

}  // namespace base

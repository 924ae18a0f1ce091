#include "base/options.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "argument_list.hpp"

namespace base {
namespace {

struct Config {
  bool flag = false;
  std::string value;
  std::string optional = "(none)";
  int level = 0;
  std::string host;
  bool finished = false;
};

constexpr std::array<Option<Config>, 7> rows{{
    {'f', "flag", Takes::Nothing, "", "a switch",
     [](Config& c, std::string_view v) { return apply_switch(c.flag, v); }},
    {'v', "the-value", Takes::Value, "TEXT", "a value",
     [](Config& c, std::string_view v) {
       c.value = v;
       return v == "bad" ? Problem{"invalid value"} : nullptr;
     }},
    {' ', "long-only", Takes::Nothing, "", "no letter",
     [](Config& c, std::string_view) {
       ++c.level;
       return Problem{};
     }},
    {'o', "optional", Takes::OptionalValue, "TEXT", "may take one",
     [](Config& c, std::string_view v) {
       c.optional = v;
       return Problem{};
     }},
    {'n', "count", Takes::Nothing, "", "may be repeated",
     [](Config& c, std::string_view) {
       ++c.level;
       return Problem{};
     }},
    {'h', "help", Takes::Nothing, "", "this",
     [](Config& c, std::string_view) {
       c.finished = true;
       return Problem{};
     },
     Variable::None},
    {' ', "host", Takes::Value, "NAME", "has a variable",
     [](Config& c, std::string_view v) {
       c.host = v;
       return Problem{};
     }},
}};
constexpr std::string_view before = "Usage: -x --no-option\n\n";
constexpr std::string_view after = "\n  the end --neither\n";
constexpr OptionTable table = HelpTable<rows, before, after, Config>::table("TEST_");

struct Parsed {
  Config config;
  bool ok;
  std::string error;
  std::vector<std::string> operands;
};

Parsed parse(std::vector<std::string> arguments, std::vector<std::string> environment = {}) {
  arguments.insert(arguments.begin(), "test");
  ArgumentList argv{std::move(arguments)}, envp{std::move(environment)};
  Parsed parsed;
  OptionParser parser{table, &parsed.config, parsed.config.finished};
  parsed.ok = parser.parse(argv.data(), envp.data());
  if (!parsed.ok) {
    MessageBuilder line;
    parsed.error = add_usage_error(line, parser.error()).text();
  }
  for (char** operand = parser.operands(); *operand != nullptr; ++operand)
    parsed.operands.emplace_back(*operand);
  return parsed;
}

TEST(Options, EveryFormIsAccepted) {
  for (const std::vector<std::string>& form :
       std::vector<std::vector<std::string>>{{"-f", "-v", "x"},
                                             {"-fv", "x"},
                                             {"-fvx"},
                                             {"--flag", "--the-value=x"},
                                             {"--the-value", "x", "--flag"}}) {
    Parsed parsed = parse(form);
    EXPECT_TRUE(parsed.ok) << parsed.error;
    EXPECT_TRUE(parsed.config.flag);
    EXPECT_EQ(parsed.config.value, "x");
  }
}

TEST(Options, EndAtTheFirstOperandOrTwoDashes) {
  EXPECT_EQ(parse({"-f", "program", "-v", "x"}).operands, (std::vector<std::string>{"program", "-v", "x"}));
  EXPECT_EQ(parse({"-f", "--", "-v", "x"}).operands, (std::vector<std::string>{"-v", "x"}));
  EXPECT_EQ(parse({"-", "-f"}).operands, (std::vector<std::string>{"-", "-f"}));
  EXPECT_EQ(parse({}).operands, std::vector<std::string>{});
}

TEST(Options, OptionalValueIsPartOfTheArgument) {
  EXPECT_EQ(parse({"-o", "x"}).config.optional, "");
  EXPECT_EQ(parse({"-o", "x"}).operands, std::vector<std::string>{"x"});
  EXPECT_EQ(parse({"-ox"}).config.optional, "x");
  EXPECT_EQ(parse({"--optional", "x"}).config.optional, "");
  EXPECT_EQ(parse({"--optional=x"}).config.optional, "x");
}

TEST(Options, SwitchesRepeat) { EXPECT_EQ(parse({"-nn", "--count", "--long-only"}).config.level, 4); }

TEST(Options, UsageErrorsNameTheOptionAndQuoteTheValue) {
  struct Case {
    std::vector<std::string> arguments, environment;
    std::string error;
  };
  for (const Case& given : std::vector<Case>{
           {{"--nothing"}, {}, "--nothing: unknown option"},
           {{"--nothing=5"}, {}, "--nothing: unknown option"},
           {{"--no-option"}, {}, "--no-option: unknown option"},
           {{"--neither"}, {}, "--neither: unknown option"},
           {{"--fla"}, {}, "--fla: unknown option"},
           {{"-x"}, {}, "-x: unknown option"},
           {{"-fx"}, {}, "-x: unknown option"},
           {{"- "}, {}, "- : unknown option"},
           {{"-v"}, {}, "-v: needs a value"},
           {{"--the-value"}, {}, "--the-value: needs a value"},
           {{"--flag=yes"}, {}, "--flag: needs 1, 0, true or false, not 'yes'"},
           {{"--flag="}, {}, "--flag: needs 1, 0, true or false, not ''"},
           {{"--=x"}, {}, "--'': unknown option"},
           {{"--the-value=bad"}, {}, "--the-value: invalid value 'bad'"},
           {{"--\x1b"}, {}, "--\\x1b: unknown option"},
           {{}, {"TEST_FLAG=yes"}, "TEST_FLAG: needs 1, 0, true or false, not 'yes'"},
           {{}, {"TEST_THE_VALUE=bad"}, "TEST_THE_VALUE: invalid value 'bad'"},
       }) {
    EXPECT_EQ(parse(given.arguments, given.environment).error, given.error);
  }
}

TEST(Options, HaveVariables) {
  Parsed parsed = parse({}, {"TEST_FLAG=true", "TEST_THE_VALUE=a=b", "TEST_OPTIONAL=x", "TEST_COUNT=1"});
  EXPECT_TRUE(parsed.ok) << parsed.error;
  EXPECT_TRUE(parsed.config.flag);
  EXPECT_EQ(parsed.config.value, "a=b");
  EXPECT_EQ(parsed.config.optional, "x");
  EXPECT_EQ(parsed.config.level, 1);
}

TEST(Options, CommandLineWins) {
  Parsed parsed = parse({"--the-value=line"}, {"TEST_THE_VALUE=bad", "TEST_FLAG=1"});
  EXPECT_TRUE(parsed.ok) << parsed.error;
  EXPECT_EQ(parsed.config.value, "line");
  EXPECT_TRUE(parsed.config.flag);
}

TEST(Options, UnknownVariablesAreIgnored) {
  Parsed parsed = parse({}, {"TEST_PORT=tcp://10.0.0.1", "TEST_", "TEST_HELP=no", "test_flag=x",
                             "TEST_flag=x", "TESTFLAG=x", "TEST_THE-VALUE=bad", "=x", ""});
  EXPECT_TRUE(parsed.ok) << parsed.error;
  EXPECT_FALSE(parsed.config.flag);
}

TEST(Options, HelpEndsTheParsing) {
  Parsed parsed = parse({"--help", "--nothing"}, {"TEST_FLAG=bad"});
  EXPECT_TRUE(parsed.ok) << parsed.error;
  EXPECT_TRUE(parsed.config.finished);
}

TEST(Options, RowsNameTheirOptionInTheHelpText) {
  ASSERT_EQ(table.row_count, rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(table.name_of(table.rows[i]), rows[i].name);
    EXPECT_EQ(table.rows[i].letter, rows[i].letter);
    EXPECT_EQ(table.rows[i].takes, rows[i].takes);
  }
}

TEST(Options, LongSwitchTakesAValue) {
  for (const char* on : {"--flag", "--flag=1", "--flag=true"}) EXPECT_TRUE(parse({on}).config.flag) << on;
  for (const char* off : {"--flag=0", "--flag=false"}) {
    Parsed parsed = parse({off}, {"TEST_FLAG=1"});
    EXPECT_TRUE(parsed.ok) << parsed.error;
    EXPECT_FALSE(parsed.config.flag) << off;
  }
}

TEST(Options, EmptyVariableIsNotSet) {
  Parsed parsed = parse({}, {"TEST_FLAG=", "TEST_THE_VALUE=", "TEST_OPTIONAL="});
  EXPECT_TRUE(parsed.ok) << parsed.error;
  EXPECT_FALSE(parsed.config.flag);
  EXPECT_EQ(parsed.config.optional, "(none)");
}

TEST(Options, OnlyRowsMarkedSoHaveNoVariable) {
  // --help is marked; --host, which begins like it, is not.
  EXPECT_EQ(parse({}, {"TEST_HELP=no", "TEST_HOST=x"}).config.host, "x");
}

TEST(HelpTable, EachRowHasItsOptionsPlaceInTheText) {
  std::string text(table.help.size(), '\0');
  std::array<OptionRow, rows.size()> parsed;
  EXPECT_EQ((HelpTable<rows, before, after, Config>::put_all(text.data(), parsed.data())), text.size());
  EXPECT_EQ(text, table.help);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(table.name_of(parsed[i]), rows[i].name);
    EXPECT_EQ(parsed[i].letter, rows[i].letter);
    EXPECT_EQ(parsed[i].takes, rows[i].takes);
    EXPECT_EQ(parsed[i].variable, rows[i].variable);
  }
}

}  // namespace
}  // namespace base

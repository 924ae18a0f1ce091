#include "healthcheck/target/expansion.hpp"

#include <gtest/gtest.h>

#include <string>

namespace healthcheck {
namespace {

using namespace std::string_literals;

struct Expanded {
  std::string text;
  std::string problem;
  std::string unset;
};

Expanded expand(std::string_view text, Escapes escapes = Escapes::Keep) {
  char port[] = "PORT=8080", empty[] = "EMPTY=", odd[] = "ODD=a$b\\n${PORT}", equal[] = "EQUAL=a=b";
  char* environment[] = {port, empty, odd, equal, nullptr};
  base::Arena arena;
  Expansion expansion{environment, arena};
  base::Problem problem = expansion.expand(text, escapes);
  return {std::string{text}, problem == nullptr ? "" : problem, std::string{expansion.unset_variable()}};
}

TEST(Expansion, VariablesAndDefaultsAreExpanded) {
  struct Case {
    const char* given;
    const char* want;
  };
  for (const Case& row : {
           Case{"", ""},
           {"plain", "plain"},
           {"http://localhost:${PORT}/", "http://localhost:8080/"},
           {"${PORT}${PORT}", "80808080"},
           {"${NONE:-9090}", "9090"},
           {"${EMPTY:-9090}", "9090"},
           {"${PORT:-9090}", "8080"},
           {"[${EMPTY}]", "[]"},
           {"${NONE:-}", ""},
           {"${NONE:-a:-b}", "a:-b"},
           {"${EQUAL}", "a=b"},
           {"$$", "$"},
           {"$${PORT}", "${PORT}"},
           {"$PORT", "$PORT"},
           {"a$", "a$"},
           {"}", "}"},
           // The value of a variable is not expanded again.
           {"${ODD}", "a$b\\n${PORT}"},
           // The other forms of a shell are not names.
           {"\\n", "\\n"},
       })
    EXPECT_EQ(expand(row.given).text, row.want) << row.given;
}

TEST(Expansion, UnsetVariableIsNamed) {
  EXPECT_EQ(expand("${NONE}").unset, "NONE");
  EXPECT_EQ(expand("x${PORT}${NOT_SET}").unset, "NOT_SET");
  EXPECT_NE(expand("${POR}").problem, "");
  EXPECT_NE(expand("${PORTS}").problem, "");
  EXPECT_NE(expand("${}").problem, "");
}

TEST(Expansion, UnfinishedReferenceIsRefusedAndLeftUnchanged) {
  for (const char* text : {"${", "${PORT", "a${PORT:-x", "${PORT:x}"}) {
    EXPECT_NE(expand(text).problem, "") << text;
    EXPECT_EQ(expand(text).text, text);
  }
}

TEST(Expansion, VariablesOfAShellAreRecognised) {
  for (const char* text : {"$PORT", "http://localhost:$PORT/", "$$$p", "a$_"})
    EXPECT_TRUE(has_shell_variable(text)) << text;
  for (const char* text : {"", "$", "a$", "${PORT}", "$$PORT", "$1", "a$b$$"})
    EXPECT_EQ(has_shell_variable(text), std::string{text} == "a$b$$") << text;
}

TEST(Expansion, ValuesOfVariablesAreToldFromArguments) {
  char variable[] = "HEADER=a\nb", other[] = "X=";
  char argument[] = "a\nb";
  char* environment[] = {other, variable, nullptr};
  base::Arena arena;
  Expansion expansion{environment, arena};
  EXPECT_TRUE(expansion.is_from_environment(variable + 7));
  EXPECT_TRUE(expansion.is_from_environment(other + 2));
  EXPECT_FALSE(expansion.is_from_environment(argument));
}

TEST(Expansion, OnlyKnownEscapesAreRead) {
  EXPECT_EQ(expand("PING\\r\\n", Escapes::Read).text, "PING\r\n");
  EXPECT_EQ(expand("\\t\\0\\\\\\x41\\x7f\\xfF", Escapes::Read).text, "\t\0\\A\x7f\xff"s);
  EXPECT_EQ(expand("${ODD}", Escapes::Read).text, "a$b\\n${PORT}");
  for (const char* text : {"\\", "\\a", "\\x", "\\x4", "\\xg0", "\\x0g", "\\N"})
    EXPECT_EQ(expand(text, Escapes::Read).problem, "invalid escape") << text;
}

TEST(Expansion, TextThatDoesNotFitIsRefused) {
  EXPECT_EQ(expand(std::string(base::Arena::capacity, 'x')).problem, "");
  EXPECT_EQ(expand(std::string(base::Arena::capacity + 1, 'x')).problem, "too long");
}

}  // namespace
}  // namespace healthcheck

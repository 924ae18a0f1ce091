#include "base/text.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "base/environment.hpp"
#include "base/text_buffer.hpp"

namespace base {
namespace {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::string_view word; !(word = take_word(text)).empty();) words.push_back(word);
  return words;
}

TEST(Text, WordsAreSeparatedByAnyWhiteSpace) {
  using Words = std::vector<std::string_view>;
  EXPECT_EQ(words_of(""), Words{});
  EXPECT_EQ(words_of(" \t\r\n"), Words{});
  EXPECT_EQ(words_of("a"), Words{"a"});
  EXPECT_EQ(words_of("  a\tb\n\nc\r\nd "), (Words{"a", "b", "c", "d"}));
}

TEST(TextBuffer, JoinsTextsAndNumbers) {
  TextBufferOf<32> buffer;
  EXPECT_STREQ(buffer.add("/proc/").add_number(0).add("/stat").c_str(), "/proc/0/stat");
  EXPECT_STREQ(buffer.clear().add_number(18446744073709551615U).c_str(), "18446744073709551615");
  EXPECT_STREQ(buffer.clear().c_str(), "");
}

TEST(TextBuffer, OverflowInvalidatesAndNeverTruncates) {
  TextBufferOf<8> buffer;
  EXPECT_STREQ(buffer.add("1234567").c_str(), "1234567");
  EXPECT_EQ(buffer.add("8").c_str(), nullptr);
  EXPECT_EQ(buffer.add("").c_str(), nullptr);
  EXPECT_EQ(buffer.clear().add("12345678").c_str(), nullptr);
  EXPECT_STREQ(buffer.clear().add("x").c_str(), "x");
}

TEST(Environment, VariableIsFoundByItsWholeName) {
  std::string entries[] = {"PATHS=no", "PAT=no", "PATH", "PATH=/bin:/x=y", "PATH=second", "EMPTY="};
  std::vector<char*> environment;
  for (auto& entry : entries) environment.push_back(entry.data());
  environment.push_back(nullptr);
  EXPECT_STREQ(value_of_variable(environment.data(), "PATH"), "/bin:/x=y");
  EXPECT_STREQ(value_of_variable(environment.data(), "EMPTY"), "");
  EXPECT_EQ(value_of_variable(environment.data(), "NONE"), nullptr);
  EXPECT_EQ(find_variable(environment.data(), "PATH"), &environment[3]);
}

}  // namespace
}  // namespace base

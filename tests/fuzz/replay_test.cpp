// Runs every input of the corpus under the debug build's sanitizers.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "property.hpp"

namespace {

TEST(Corpus, InputsViolateNothing) {
  int inputs = 0;
  for (const auto& entry : std::filesystem::directory_iterator{CORPUS}) {
    std::ifstream file{entry.path(), std::ios::binary};
    const std::string input{std::istreambuf_iterator<char>{file}, {}};
    EXPECT_EQ(fuzz::check(input), "") << entry.path();
    ++inputs;
  }
  EXPECT_GE(inputs, 10);
}

TEST(Corpus, EmptyInputViolatesNothing) { EXPECT_EQ(fuzz::check({}), ""); }

}  // namespace

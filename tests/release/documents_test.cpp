// Tests that docs/reference.md and the man pages name every option that --help names, and no other. The page
// of healthcheck-tls names only the options that healthcheck does not have.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "harness/files.hpp"
#include "harness/process.hpp"
#include "harness/programs.hpp"

namespace {

using Names = std::set<std::string>;

Names find_all(const std::string& text, const std::regex& pattern) {
  Names names;
  for (std::sregex_iterator match{text.begin(), text.end(), pattern}, end; match != end; ++match)
    names.insert((*match)[1].str());
  return names;
}

struct Program {
  const char* name;
  std::size_t least_options;
  const char* base = nullptr;  // the program whose page describes the other options
};

const Program init{"init", 16}, healthcheck{"healthcheck", 16};
const Program healthcheck_tls{"healthcheck-tls", 2, "healthcheck"};

std::string title_of(const testing::TestParamInfo<Program>& program) {
  std::string title = program.param.name;
  std::ranges::replace(title, '-', '_');
  return title;
}

std::string read(const std::string& name) { return harness::read_file(std::string{SOURCE_DIR "/"} + name); }

std::string help_of(const char* program) { return harness::run({harness::shipped(program), "--help"}).out; }

const std::regex long_name{"\n  (?:-.,|   ) --([a-z-]+)"}, letter{"\n  -(.), --"};

// Returns the pattern's names in the help of a program that are not in the help of its base.
Names own_names(const Program& program, const std::regex& pattern) {
  Names own = find_all(help_of(program.name), pattern);
  if (program.base == nullptr) return own;
  for (const std::string& name : find_all(help_of(program.base), pattern))
    EXPECT_EQ(own.erase(name), 1U) << program.name << " has no " << name;
  return own;
}

class DocumentsTest : public testing::TestWithParam<Program> {
 protected:
  std::string name_ = GetParam().name;
  Names long_names_ = own_names(GetParam(), long_name);
  Names letters_ = own_names(GetParam(), letter);
};

class ComparisonTest : public testing::TestWithParam<Program> {};

TEST_P(DocumentsTest, ManPageHasExactlyTheOptionsOfHelp) {
  std::string page = read("man/" + name_ + ".1");
  ASSERT_GE(long_names_.size(), GetParam().least_options);
  EXPECT_EQ(find_all(page, std::regex{"\n\\.It (?:Fl . , )?Fl -([a-z-]+)"}), long_names_);
  EXPECT_EQ(find_all(page, std::regex{"\n\\.It Fl (.) , "}), letters_);
}

TEST_P(DocumentsTest, ReferenceHasEveryOption) {
  std::string reference = read("docs/reference.md");
  std::size_t start = reference.find("\n## " + name_ + "\n");
  ASSERT_NE(start, reference.npos);
  std::string section = reference.substr(start, reference.find("\n## ", start + 1) - start);
  Names named = find_all(section, std::regex{"`--([a-z-]+)"});
  for (const std::string& name : long_names_) EXPECT_TRUE(named.contains(name)) << name;
  const Names all = find_all(help_of(GetParam().name), long_name);
  for (const std::string& name : named) EXPECT_TRUE(all.contains(name)) << name;
}

// "**`init`** (22 KB)", rounded up, as by `ls -lh`.
TEST_P(ComparisonTest, ReadmeBeginsWithTheSize) {
  const std::string readme = read("README.md");
  std::smatch figure;
  const std::regex pattern{std::string{"`"} + GetParam().name + R"(`(?:\*\*)? \((\d+) KB\))"};
  ASSERT_TRUE(std::regex_search(readme, figure, pattern));
  const auto size = std::filesystem::file_size(harness::shipped(GetParam().name));
  EXPECT_EQ(std::stoul(figure[1]), (size + 1023) / 1024);
}

// The number in the comparison's row of bytes. A fix may add a few bytes without an edit there.
TEST_P(ComparisonTest, ReadmeGivesTheSize) {
  const std::string readme = read("README.md");
  const std::size_t row = readme.find(std::string{"| **"} + GetParam().name + "** |");
  ASSERT_NE(row, readme.npos);
  std::smatch figure;
  const std::string table = readme.substr(row, 600);
  ASSERT_TRUE(std::regex_search(table, figure, std::regex{R"(\n\| size, bytes[^|]*\| (\d+),(\d{3}) \|)"}));
  const double said = std::stod(figure[1].str() + figure[2].str());
  const auto size = static_cast<double>(std::filesystem::file_size(harness::shipped(GetParam().name)));
  EXPECT_NEAR(said, size, size / 50);
}

INSTANTIATE_TEST_SUITE_P(Shipped, DocumentsTest, testing::Values(init, healthcheck, healthcheck_tls),
                         title_of);
INSTANTIATE_TEST_SUITE_P(Shipped, ComparisonTest, testing::Values(init, healthcheck, healthcheck_tls),
                         title_of);

}  // namespace

// Tests that docs/reference.md and the man pages name every option that --help names, and no other.
#include <gtest/gtest.h>

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

class DocumentsTest : public testing::TestWithParam<const char*> {
 protected:
  static std::string read(const std::string& name) {
    return harness::read_file(std::string{SOURCE_DIR "/"} + name);
  }

  std::string help_ = harness::run({harness::shipped(GetParam()), "--help"}).out;
  Names long_names_ = find_all(help_, std::regex{"\n  (?:-.,|   ) --([a-z-]+)"});
  Names letters_ = find_all(help_, std::regex{"\n  -(.), --"});
};

TEST_P(DocumentsTest, ManPageHasExactlyTheOptionsOfHelp) {
  std::string page = read(std::string{"man/"} + GetParam() + ".1");
  ASSERT_GT(long_names_.size(), 15U);
  EXPECT_EQ(find_all(page, std::regex{"\n\\.It (?:Fl . , )?Fl -([a-z-]+)"}), long_names_);
  EXPECT_EQ(find_all(page, std::regex{"\n\\.It Fl (.) , "}), letters_);
}

TEST_P(DocumentsTest, ReferenceHasEveryOption) {
  std::string reference = read("docs/reference.md");
  std::size_t start = reference.find(std::string{"\n## "} + GetParam() + "\n");
  ASSERT_NE(start, reference.npos);
  std::string section = reference.substr(start, reference.find("\n## ", start + 1) - start);
  Names named = find_all(section, std::regex{"`--([a-z-]+)"});
  for (const std::string& name : long_names_) EXPECT_TRUE(named.contains(name)) << name;
  for (const std::string& name : named) EXPECT_TRUE(long_names_.contains(name)) << name;
}

// The number in the comparison's row of bytes. A fix may add a few bytes without an edit there.
TEST_P(DocumentsTest, ReadmeGivesTheSize) {
  const std::string readme = read("README.md");
  const std::size_t row = readme.find(std::string{"| **"} + GetParam() + "** |");
  ASSERT_NE(row, readme.npos);
  std::smatch figure;
  const std::string table = readme.substr(row, 600);
  ASSERT_TRUE(std::regex_search(table, figure, std::regex{R"(\n\| size, bytes[^|]*\| (\d+),(\d{3}) \|)"}));
  const double said = std::stod(figure[1].str() + figure[2].str());
  const auto size = static_cast<double>(std::filesystem::file_size(harness::shipped(GetParam())));
  EXPECT_NEAR(said, size, size / 50);
}

INSTANTIATE_TEST_SUITE_P(Shipped, DocumentsTest, testing::Values("init", "healthcheck"),
                         [](const auto& program) { return std::string{program.param}; });

}  // namespace

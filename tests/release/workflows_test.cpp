// Tests that actions that run on other machines with access to this repository are pinned to a commit and
// have no more rights than they need.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "harness/files.hpp"

namespace {

namespace fs = std::filesystem;

std::size_t unpinned(const std::string& text) {
  static const std::regex uses{R"(uses: *(\S+)([^\n]*))"};
  static const std::regex commit{"[^@]+@[0-9a-f]{40}"};
  static const std::regex version{R"( +# v\d+\.\d+\.\d+)"};
  std::size_t count = 0;
  for (std::sregex_iterator match{text.begin(), text.end(), uses}, end; match != end; ++match)
    if (!std::regex_match((*match)[1].str(), commit) || !std::regex_match((*match)[2].str(), version))
      ++count;
  return count;
}

TEST(Workflows, PinEveryActionToACommit) {
  EXPECT_EQ(unpinned("- uses: actions/checkout@v4\n"), 1U);
  EXPECT_EQ(unpinned("- uses: a/b@" + std::string(40, 'a') + "\n"), 1U) << "without its version";
  std::size_t files = 0;
  for (const fs::path& file : fs::directory_iterator{SOURCE_DIR "/.github/workflows"}) {
    ++files;
    const std::string text = harness::read_file(file);
    EXPECT_EQ(unpinned(text), 0U) << file;
    EXPECT_NE(text.find("\npermissions:\n  contents: read\n"), text.npos) << file;
  }
  EXPECT_GT(files, 0U);
}

}  // namespace

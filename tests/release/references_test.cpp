// Tests that everything the documents refer to exists: files, headings, and presets.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "harness/files.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> documents() {
  std::vector<fs::path> found;
  for (const char* directory : {"", "docs", "examples"}) {
    const fs::path top = fs::path{SOURCE_DIR} / directory;
    for (fs::recursive_directory_iterator entry{top}, end; entry != end; ++entry) {
      if (entry->is_directory() && *directory == '\0') entry.disable_recursion_pending();
      if (entry->path().extension() == ".md") found.push_back(entry->path());
    }
  }
  return found;
}

std::vector<std::string> all(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator match{text.begin(), text.end(), pattern}, end; match != end; ++match)
    found.push_back((*match)[1].str());
  return found;
}

// Makes an anchor from a heading as GitHub does.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char character : heading) {
    const auto byte = static_cast<unsigned char>(character);
    if (std::isalnum(byte) || character == '-' || character == '_')
      anchor += static_cast<char>(std::tolower(byte));
    else if (character == ' ')
      anchor += '-';
  }
  return anchor;
}

bool has_heading(const fs::path& document, const std::string& anchor) {
  std::istringstream lines{harness::read_file(document)};
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("#") && anchor_of(line.substr(line.find(' ') + 1)) == anchor) return true;
  return false;
}

bool leads_somewhere(const fs::path& document, const std::string& link) {
  if (link.starts_with("https://")) return true;
  // Pages of the repository's site, beside its files.
  if (link == "../../releases") return true;
  if (link.starts_with("../../actions/workflows/"))
    return fs::exists(fs::path{SOURCE_DIR "/.github/workflows"} /
                      fs::path{link.substr(0, link.find("/badge.svg"))}.filename());
  const std::size_t hash = link.find('#');
  const std::string file = link.substr(0, hash);
  const fs::path target = file.empty() ? document : document.parent_path() / file;
  return fs::exists(target) && (hash == link.npos || has_heading(target, link.substr(hash + 1)));
}

TEST(References, EveryLinkLeadsSomewhere) {
  const fs::path readme{SOURCE_DIR "/README.md"};
  EXPECT_FALSE(leads_somewhere(readme, "docs/no-such.md"));
  EXPECT_FALSE(leads_somewhere(readme, "docs/migration.md#from-nowhere"));
  EXPECT_TRUE(leads_somewhere(readme, "docs/migration.md#from-docker-run---init"));
  std::size_t links = 0;
  for (const fs::path& document : documents()) {
    for (const std::string& link : all(harness::read_file(document), std::regex{R"(\]\(([^)\s]+)\))"})) {
      ++links;
      EXPECT_TRUE(leads_somewhere(document, link)) << document << ": " << link;
    }
  }
  EXPECT_GT(links, 30U);
}

TEST(References, EveryPresetExists) {
  const std::string presets = harness::read_file(SOURCE_DIR "/CMakePresets.json") +
                              harness::read_file(SOURCE_DIR "/toolchains/presets.json");
  std::size_t names = 0;
  for (const fs::path& document : documents()) {
    for (const std::string& name : all(harness::read_file(document), std::regex{"--preset ([a-z0-9-]+)"})) {
      ++names;
      EXPECT_NE(presets.find("\"name\": \"" + name + "\""), presets.npos) << document << ": " << name;
    }
  }
  EXPECT_GT(names, 5U);
}

}  // namespace

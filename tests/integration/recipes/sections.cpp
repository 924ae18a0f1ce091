#include <regex>
#include <sstream>

#include "recipe.hpp"

namespace recipes {
namespace {

// A JSON array of strings, whose only escapes are a backslash and a quotation mark.
Words words_of(const std::string& array) {
  static const std::regex element{R"re("((?:[^"\\]|\\.)*)")re"};
  static const std::regex escape{R"(\\(.))"};
  Words words;
  for (std::sregex_iterator match{array.begin(), array.end(), element}, end; match != end; ++match)
    words.push_back(std::regex_replace((*match)[1].str(), escape, "$1"));
  return words;
}

}  // namespace

std::vector<Section> read_sections(const std::string& page) {
  static const std::string instruction = "HEALTHCHECK CMD ";
  std::istringstream text{page};
  std::vector<Section> sections;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("### ")) sections.push_back({line.substr(4), {}});
    if (line.starts_with(instruction) && !sections.empty())
      sections.back().lines.push_back(words_of(line.substr(instruction.size())));
  }
  return sections;
}

}  // namespace recipes

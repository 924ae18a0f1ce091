#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <utility>

#include "rules.hpp"

namespace rules {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> includes_of(const fs::path& file) {
  std::vector<std::string> names;
  std::ifstream stream{file};
  static const std::regex pattern{R"(^\s*#\s*include\s*([<"][^>"]+[>"]))"};
  std::smatch match;
  for (std::string line; std::getline(stream, line);)
    if (std::regex_search(line, match, pattern)) names.push_back(match[1]);
  return names;
}

std::string folder_of(const std::string& path) { return fs::path{path}.parent_path().string(); }

}  // namespace

Violations acting_includes(const fs::path& root, const std::vector<std::string>& files,
                           bool (*decides)(const std::string& path)) {
  Violations violations;
  for (const std::string& file : files) {
    if (!decides(file)) continue;
    std::set<std::string> seen{file};
    std::vector<std::pair<std::string, std::string>> queue{{file, file}};  // a file, and the way to it
    while (!queue.empty()) {
      const auto [at, way] = queue.back();
      queue.pop_back();
      for (const std::string& include : includes_of(root / at)) {
        const std::string name = include.substr(1, include.size() - 2);
        const std::string here = way + " -> " + name;
        const bool is_system = include[0] == '<';
        if (is_system && name.contains('.') && name != "signal.h" && name != "errno.h")
          violations.push_back(here);
        if (is_system || !seen.insert(name).second) continue;
        if (!decides(name)) {
          violations.push_back(here);
          continue;
        }
        queue.emplace_back(name, here);
      }
    }
  }
  return violations;
}

Violations folder_circles(const fs::path& root, const std::vector<std::string>& files) {
  std::map<std::string, std::set<std::string>> included;  // folders, by the folder that includes them
  for (const std::string& file : files)
    for (const std::string& include : includes_of(root / file)) {
      const std::string folder = folder_of(include.substr(1));
      if (include[0] == '"' && folder != folder_of(file)) included[folder_of(file)].insert(folder);
    }
  Violations violations;
  for (const auto& [start, direct] : included) {
    std::set<std::string> seen;
    std::vector<std::pair<std::string, std::string>> queue{{start, start}};  // a folder, and the way to it
    while (!queue.empty()) {
      const auto [at, way] = queue.back();
      queue.pop_back();
      for (const std::string& next : included[at]) {
        if (next == start) violations.push_back(way + " -> " + next);
        if (seen.insert(next).second) queue.emplace_back(next, way + " -> " + next);
      }
    }
  }
  return violations;
}

}  // namespace rules

// Checks the rules of the source tree that a reader of one file cannot see. Each function returns the
// violations, one line each, so that the checks themselves can be tested on small trees.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rules {

using Violations = std::vector<std::string>;

// The C++ files under these folders of `root`, as paths relative to it.
std::vector<std::string> sources(const std::filesystem::path& root, const std::vector<std::string>& folders);

// A deciding file may include, directly or through other files, the C++ library's headers, <signal.h> and
// <errno.h> for their constants, and other deciding files. `decides` tells which files decide.
Violations acting_includes(const std::filesystem::path& root, const std::vector<std::string>& files,
                           bool (*decides)(const std::string& path));

// Folders that include each other, directly or through others.
Violations folder_circles(const std::filesystem::path& root, const std::vector<std::string>& files);

// Variables at namespace scope and static data members that are not constant.
Violations mutable_globals(const std::filesystem::path& root, const std::string& file);

struct Limits {
  int file_lines = 250;
  int function_lines = 50;
  int parameters = 4;
};
Violations long_parts(const std::filesystem::path& root, const std::string& file, Limits limits = {});

}  // namespace rules

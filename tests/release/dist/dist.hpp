// What a release has, and the commands that look into it.
#pragma once

#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "harness/process.hpp"

namespace dist {

struct Architecture {
  std::string name;    // as TARGETARCH has it
  std::string debian;  // as dpkg has it
  std::string variant = "";
};

inline void PrintTo(const Architecture& architecture, std::ostream* out) { *out << architecture.name; }

inline const std::vector<Architecture> architectures{
    {"amd64", "amd64"},     {"arm64", "arm64"},     {"arm", "armhf", "v7"}, {"386", "i386"},
    {"ppc64le", "ppc64el"}, {"riscv64", "riscv64"}, {"s390x", "s390x"}};
inline const std::vector<std::string> programs{"init", "healthcheck"};

// A file of it.
std::filesystem::path path(std::string_view name);
std::filesystem::path tarball(const Architecture& architecture);
std::filesystem::path package(const Architecture& architecture);
std::filesystem::path image();
std::string bare(std::string_view program, const Architecture& architecture);  // what is in it

// Its standard output. Throws, with what it says, when it fails.
std::string ask(const std::vector<std::string>& command, const harness::Options& options = {});
// With sudo, where this is not root.
std::vector<std::string> as_root(std::vector<std::string> command);
std::vector<std::string> lines_of(const std::string& text);

// The contents of every file below a directory, by its path from there.
std::map<std::string, std::string> files_in(const std::filesystem::path& directory);
// As `ls` would show them, "rwxr-xr-x"; of each file and directory.
std::map<std::string, std::string> modes_in(const std::filesystem::path& directory);

}  // namespace dist

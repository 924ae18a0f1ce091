// The files of a release, and the commands that inspect them.
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
  std::string name;    // as in TARGETARCH
  std::string debian;  // as in dpkg
  std::string variant = "";
};

inline void PrintTo(const Architecture& architecture, std::ostream* out) { *out << architecture.name; }

inline const std::vector<Architecture> architectures{
    {"amd64", "amd64"},     {"arm64", "arm64"},     {"arm", "armhf", "v7"}, {"386", "i386"},
    {"ppc64le", "ppc64el"}, {"riscv64", "riscv64"}, {"s390x", "s390x"}};
inline const std::vector<std::string> programs{"init", "healthcheck", "healthcheck-tls"};

// A file of the release.
std::filesystem::path path(std::string_view name);
std::filesystem::path tarball(const Architecture& architecture);
std::filesystem::path package(const Architecture& architecture);
std::filesystem::path image();
std::string bare(std::string_view program, const Architecture& architecture);  // its contents

// Returns its standard output. Throws, with its message, if it fails.
std::string ask(const std::vector<std::string>& command, const harness::Options& options = {});
// Uses sudo if this process is not root.
std::vector<std::string> as_root(std::vector<std::string> command);
std::vector<std::string> lines_of(const std::string& text);

// Returns the contents of every file below a directory, by its relative path.
std::map<std::string, std::string> files_in(const std::filesystem::path& directory);
// Returns the mode of each file and directory as `ls` would show it, "rwxr-xr-x".
std::map<std::string, std::string> modes_in(const std::filesystem::path& directory);

}  // namespace dist

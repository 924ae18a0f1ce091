// Files and directories of a test.
//
//   TemporaryDirectory directory;              the destructor removes it with its contents
//   write_file(directory / "etc/passwd", text);    creates missing directories
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace harness {

class TemporaryDirectory {
 public:
  TemporaryDirectory();  // mode 0755, so that a program with another user id can run from it
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::filesystem::path operator/(const TemporaryDirectory& directory, std::string_view name) {
  return directory.path() / name;
}

std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view text);
// Copies a program with mode 0755, as COPY in a Dockerfile does.
void install_program(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace harness

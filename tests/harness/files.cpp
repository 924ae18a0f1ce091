#include "harness/files.hpp"

#include <stdlib.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "harness/descriptor.hpp"

namespace harness {

namespace fs = std::filesystem;

TemporaryDirectory::TemporaryDirectory() {
  std::string name = fs::temp_directory_path() / "distroless-init.XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) checked(-1, "mkdtemp " + name);
  path_ = name;
  checked(::chmod(name.c_str(), 0755), "chmod " + name);
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string read_file(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

void write_file(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream file{path, std::ios::binary};
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

void install_program(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy_file(from, to);
  checked(::chmod(to.c_str(), 0755), "chmod " + to.string());
}

}  // namespace harness

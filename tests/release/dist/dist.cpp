#include "dist.hpp"

#include <unistd.h>

#include <sstream>
#include <stdexcept>

#include "harness/files.hpp"

namespace dist {

namespace fs = std::filesystem;

fs::path path(std::string_view name) { return fs::path{SOURCE_DIR "/build/release-all/dist"} / name; }

fs::path tarball(const Architecture& architecture) {
  return path("distroless-init-" VERSION "-linux-" + architecture.name + ".tar.gz");
}

fs::path package(const Architecture& architecture) {
  return path("distroless-init_" VERSION "_" + architecture.debian + ".deb");
}

fs::path image() { return path("distroless-init-" VERSION "-oci.tar"); }

std::string bare(std::string_view program, const Architecture& architecture) {
  return harness::read_file(path(std::string{program} + "-linux-" + architecture.name));
}

std::string ask(const std::vector<std::string>& command, const harness::Options& options) {
  const harness::Outcome outcome = harness::run(command, options, std::chrono::minutes{2});
  if (outcome.status != 0) throw std::runtime_error(command.front() + ": " + outcome.out + outcome.err);
  return outcome.out;
}

std::vector<std::string> as_root(std::vector<std::string> command) {
  if (::geteuid() != 0) command.insert(command.begin(), {"sudo", "--non-interactive"});
  return command;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::map<std::string, std::string> files_in(const fs::path& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator{directory}) {
    if (!entry.is_directory())
      files[entry.path().lexically_relative(directory)] = harness::read_file(entry.path());
  }
  return files;
}

std::map<std::string, std::string> modes_in(const fs::path& directory) {
  std::map<std::string, std::string> modes;
  for (const auto& entry : fs::recursive_directory_iterator{directory}) {
    const auto bits = static_cast<unsigned>(entry.status().permissions());
    std::string mode;
    for (int place = 8; place >= 0; --place) mode += (bits >> place & 1U) != 0 ? "xwr"[place % 3] : '-';
    modes[entry.path().lexically_relative(directory)] = mode;
  }
  return modes;
}

}  // namespace dist

#include "leftovers.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <system_error>

#include "harness/files.hpp"

namespace engine {
namespace {

namespace fs = std::filesystem;

bool is_process(const fs::path& entry) {
  const std::string name = entry.filename();
  return std::all_of(name.begin(), name.end(), [](unsigned char byte) { return std::isdigit(byte) != 0; });
}

std::string link_of(const fs::path& link) {
  // A process that ends during the look-up has no link.
  std::error_code gone;
  return fs::read_symlink(link, gone);
}

std::string text_of(const fs::path& file) {
  std::ifstream stream{file};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

// An engine makes only two levels: its own cgroup and one for each container.
void remove_group(const fs::path& group) {
  if (!fs::exists(group)) return;
  for (const auto& entry : fs::directory_iterator{group}) {
    if (entry.is_directory()) fs::remove(entry.path());
  }
  fs::remove(group);
}

// cgroups v2 has one hierarchy, mounted at the root; v1 has one for each controller, below the root.
std::vector<fs::path> hierarchies() {
  const fs::path root{"/sys/fs/cgroup"};
  std::vector<fs::path> found;
  const auto add = [&](const fs::path& directory) {
    if (fs::exists(directory / "cgroup.procs")) found.push_back(directory);
  };
  add(root);
  for (const auto& entry : fs::directory_iterator{root}) {
    if (entry.is_directory() && !entry.is_symlink()) add(entry.path());
  }
  return found;
}

}  // namespace

MountNamespace mount_namespace_of(pid_t pid) {
  const std::string link = "/proc/" + std::to_string(pid) + "/ns/mnt";
  // A daemon that refuses to start may have ended already: then nothing belongs to it.
  auto held = std::make_shared<harness::Descriptor>(::open(link.c_str(), O_RDONLY | O_CLOEXEC));
  if (!held->open()) return {.name = "none", .held = {}};
  return {link_of("/proc/self/fd/" + std::to_string(held->get())), std::move(held)};
}

std::vector<std::string> processes_left(const Traces& traces) {
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator{"/proc"}) {
    if (!is_process(entry.path())) continue;
    const bool ours = link_of(entry.path() / "ns/mnt") == traces.mount_namespace.name ||
                      text_of(entry.path() / "cgroup").contains(traces.control_group);
    if (!ours) continue;
    std::string command = text_of(entry.path() / "cmdline");
    std::replace(command.begin(), command.end(), '\0', ' ');
    left.push_back(entry.path().filename().string() + " " + command);
  }
  return left;
}

std::vector<std::string> mounts_left(const Traces& traces) {
  std::vector<std::string> left;
  std::ifstream mounts{"/proc/self/mountinfo"};
  for (std::string line; std::getline(mounts, line);) {
    const auto inside = [&](const fs::path& directory) { return line.contains(directory.string()); };
    if (std::any_of(traces.directories.begin(), traces.directories.end(), inside)) left.push_back(line);
  }
  return left;
}

void remove_control_group(const std::string& name) {
  for (const fs::path& hierarchy : hierarchies()) remove_group(hierarchy / name);
}

void remove_empty_control_group(const std::string& name) {
  std::error_code in_use;
  for (const fs::path& hierarchy : hierarchies()) fs::remove(hierarchy / name, in_use);
}

}  // namespace engine

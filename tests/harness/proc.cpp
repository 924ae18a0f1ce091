#include "harness/proc.hpp"

#include <sys/stat.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace harness {
namespace {

std::string directory_of(pid_t pid) { return "/proc/" + std::to_string(pid) + "/"; }

// Reads "Name:   value" from one of proc's files; returns false if there is no such line or file.
bool find_field(const std::string& path, std::string_view name, std::string& value) {
  std::ifstream file{path};
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(name) || line.size() == name.size() || line[name.size()] != ':') continue;
    const auto begin = line.find_first_not_of(" \t", name.size() + 1);
    value = begin == std::string::npos ? "" : line.substr(begin);
    return true;
  }
  return false;
}

std::string field(const std::string& path, std::string_view name) {
  std::string value;
  if (!find_field(path, name, value)) throw std::runtime_error("no " + std::string{name} + " in " + path);
  return value;
}

}  // namespace

Memory memory_of(pid_t pid) {
  const std::string path = directory_of(pid) + "smaps_rollup";
  return {std::stol(field(path, "Rss")), std::stol(field(path, "Pss")),
          std::stol(field(path, "Private_Dirty"))};
}

std::string status_field(pid_t pid, std::string_view name) {
  return field(directory_of(pid) + "status", name);
}

std::uint64_t signal_set(pid_t pid, std::string_view name) {
  return std::stoull(status_field(pid, name), nullptr, 16);
}

char state_of(pid_t pid) {
  std::string value;
  return find_field(directory_of(pid) + "status", "State", value) ? value.at(0) : '\0';
}

unsigned long faults_of_reaped(pid_t pid) {
  std::ifstream file{directory_of(pid) + "stat"};
  std::string text;
  std::getline(file, text);
  std::istringstream fields{text.substr(text.rfind(')') + 1)};
  constexpr int after_name = 9;  // cminflt is the 11th field, the name the second
  std::string value;
  for (int i = 0; i < after_name; ++i) fields >> value;
  return value.empty() ? 0 : std::stoul(value);
}

pid_t parent_of(pid_t pid) { return std::stoi(status_field(pid, "PPid")); }

pid_t inner_pid_of(pid_t pid) {
  const std::string all = status_field(pid, "NSpid");
  return std::stoi(all.substr(all.find_last_of(" \t") + 1));
}

long voluntary_switches_of(pid_t pid) { return std::stol(status_field(pid, "voluntary_ctxt_switches")); }

std::string name_of(pid_t pid) { return status_field(pid, "Name"); }

std::vector<pid_t> children_of(pid_t pid) {
  const std::string number = std::to_string(pid);
  std::ifstream file{"/proc/" + number + "/task/" + number + "/children"};
  std::vector<pid_t> children;
  for (pid_t child = 0; file >> child;) children.push_back(child);
  return children;
}

std::vector<pid_t> members_of_namespace(pid_t member) {
  // The link of a zombie still works: it depends on the process's PID, not on the resources that it has
  // released.
  struct stat wanted{};
  if (::stat((directory_of(member) + "ns/pid").c_str(), &wanted) != 0) return {};
  std::vector<pid_t> members;
  for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
    const std::string name = entry.path().filename();
    pid_t pid = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (error != std::errc{} || end != name.data() + name.size()) continue;
    struct stat found{};
    if (::stat((directory_of(pid) + "ns/pid").c_str(), &found) != 0) continue;
    if (found.st_ino == wanted.st_ino && found.st_dev == wanted.st_dev) members.push_back(pid);
  }
  return members;
}

}  // namespace harness

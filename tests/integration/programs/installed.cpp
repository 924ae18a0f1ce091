#include "installed.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "harness/proc.hpp"
#include "harness/programs.hpp"

namespace programs {

namespace {

// Each release of Debian has one version of PostgreSQL, in a directory named after it.
std::string directories_of_postgres() {
  std::string directories;
  std::error_code absent;
  for (const auto& version : std::filesystem::directory_iterator{"/usr/lib/postgresql", absent})
    directories += version.path().string() + "/bin:";
  return directories;
}

}  // namespace

std::string installed(std::string_view name) {
  // Search PostgreSQL's own directory first: /usr/bin/psql is a wrapper that looks for the machine's
  // clusters. An ordinary user's PATH lacks /usr/sbin.
  const char* path = ::getenv("PATH");
  const std::string places =
      directories_of_postgres() + std::string{path != nullptr ? path : ""} + ":/usr/sbin";
  std::istringstream directories{places};
  for (std::string directory; std::getline(directories, directory, ':');) {
    const std::string candidate = directory + "/" + std::string{name};
    if (!directory.empty() && ::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  throw std::runtime_error("no " + std::string{name} + " in " + places);
}

std::string installed_php_fpm() {
  for (const auto& file : std::filesystem::directory_iterator{"/usr/sbin"})
    if (file.path().filename().string().starts_with("php-fpm")) return file.path();
  throw std::runtime_error("no php-fpm in /usr/sbin");
}

harness::ContainerOptions secluded() {
  harness::ContainerOptions options;
  options.network = harness::Network::own;
  options.own_ipc_and_names = true;
  return options;
}

harness::ContainerOptions with_low_ports() {
  harness::ContainerOptions options = secluded();
  options.rights = harness::Rights::kept;
  options.user = 0;
  return options;
}

harness::ContainerOptions as_root() {
  harness::ContainerOptions options = with_low_ports();
  options.users = harness::Users::host;
  return options;
}

harness::Container under_init(const Words& options, const Words& program,
                              const harness::ContainerOptions& container) {
  Words arguments{harness::shipped("init")};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.emplace_back("--");
  arguments.insert(arguments.end(), program.begin(), program.end());
  return harness::Container{arguments, container};
}

pid_t program_in(const harness::Container& container) {
  const std::vector<pid_t> children = harness::children_of(container.pid());
  if (children.size() != 1)
    throw std::runtime_error("PID 1 has " + std::to_string(children.size()) + " children");
  return children.front();
}

void expect_members(const harness::Container& container, std::size_t count) {
  harness::eventually(std::to_string(count) + " processes, and none a zombie",
                      [&] { return container.members().size() == count && container.zombies() == 0; });
}

}  // namespace programs

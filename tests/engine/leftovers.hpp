// Leftovers: what of an engine can be seen on the machine, running, mounted or accounted for.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "harness/descriptor.hpp"

namespace engine {

// Held open: the kernel gives the number of one that has gone to the next, which may be somebody else's.
struct MountNamespace {
  std::string name;
  std::shared_ptr<harness::Descriptor> held;
};

MountNamespace mount_namespace_of(pid_t pid);

// What gives an engine's traces away. The mount namespace is the daemon's; its containers have others, and
// are known by their control group.
struct Traces {
  MountNamespace mount_namespace;
  std::string control_group;
  std::vector<std::filesystem::path> directories;
};

// A line each; empty when nothing is left.
std::vector<std::string> processes_left(const Traces& traces);
std::vector<std::string> mounts_left(const Traces& traces);

// The engine leaves its empty control group behind, in every hierarchy: removes it. Throws when a process is
// still in it.
void remove_control_group(const std::string& name);
// The same of one that others may use: stays where it is not empty.
void remove_empty_control_group(const std::string& name);

}  // namespace engine

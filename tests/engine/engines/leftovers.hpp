// Leftovers: the traces of an engine on the machine: processes, mounts and cgroups.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "harness/descriptor.hpp"

namespace engine {

// Kept open: the kernel reuses the number of a namespace that is gone, possibly for somebody else's.
struct MountNamespace {
  std::string name;
  std::shared_ptr<harness::Descriptor> held;
};

MountNamespace mount_namespace_of(pid_t pid);

// Identifies an engine's traces. The mount namespace is the daemon's; its containers have others and are
// identified by their cgroup.
struct Traces {
  MountNamespace mount_namespace;
  std::string control_group;
  std::vector<std::filesystem::path> directories;
};

// One line for each trace; empty if nothing is left.
std::vector<std::string> processes_left(const Traces& traces);
std::vector<std::string> mounts_left(const Traces& traces);

// Removes the empty cgroup that the engine leaves behind in every hierarchy. Throws if a process is still in
// it.
void remove_control_group(const std::string& name);
// Does the same for a cgroup that others may use, and keeps it if it is not empty.
void remove_empty_control_group(const std::string& name);

}  // namespace engine

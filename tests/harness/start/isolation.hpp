// Isolation: the namespaces, the root and the privileges of a container's processes. Container uses it; tests
// fill in container.hpp's ContainerOptions instead.
#pragma once

#include <sched.h>

#include <string>
#include <vector>

namespace harness {

enum class Rights { dropped, kept };  // capabilities, ambient and bounding too; no new privileges
enum class RootMode { read_only, writable };

// A file or directory of the host that is visible inside or, if `from` is empty, an empty tmpfs.
struct Mount {
  std::string from;
  std::string to;  // absolute, inside; must exist
};

struct Isolation {
  unsigned long namespaces = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS;
  std::string root;  // empty: the host's
  RootMode root_mode = RootMode::read_only;
  std::vector<Mount> mounts;
  bool proc = true;  // a fresh /proc
  Rights rights = Rights::dropped;
  unsigned user = 65532;  // and group
  std::string user_map;
  std::string group_map;
};

// The functions below run between clone and exec: system calls only, no allocation. They return the name of
// the step that failed, with errno set, or nullptr.

const char* enter_isolation(const Isolation& isolation);  // in the first process of the new namespaces
const char* take_identity(const Isolation& isolation);    // there, and in those that join it later

}  // namespace harness

// Seclusion: separates a daemon from the machine that it runs on.
//
// The daemon gets a mount namespace of its own, so all its mounts disappear with its last process, however
// that ends. Inside, the directories where an engine finds or leaves system-wide files are empty: it does not
// find a system-wide containerd, and leaves no key, socket or plugin directory behind.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

namespace engine {

class Seclusion {
 public:
  Seclusion();
  Seclusion(const Seclusion&) = delete;
  ~Seclusion();  // removes the mount points that had to be made

  // For harness::Options::before_exec. If the process that started the daemon dies, the daemon gets SIGTERM:
  // after SIGKILL it would leave its containers running.
  std::function<void()> enter() const;

 private:
  std::vector<std::filesystem::path> made_;
};

// Runs in a mount namespace of its own. A machine without a service manager may have no cgroup mounts: then
// the bare sysfs shows.
void provide_control_groups();

}  // namespace engine

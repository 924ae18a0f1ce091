// Seclusion: how a daemon is kept off the machine that it runs on.
//
// It gets a mount namespace of its own, so all that it mounts goes with its last process, however that ends.
// In there the places where an engine looks for, and leaves, things of the whole system are empty: a
// system-wide containerd is not found, and no key, socket or plugin directory stays behind.
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

  // For harness::Options::before_exec. The daemon is also asked to stop when its starter dies: on SIGKILL it
  // would leave its containers running.
  std::function<void()> enter() const;

 private:
  std::vector<std::filesystem::path> made_;
};

// In a mount namespace of its own. A machine without a service manager may have mounted none: then the bare
// sysfs shows.
void provide_control_groups();

}  // namespace engine

#include "seclusion.hpp"

#include <linux/magic.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/vfs.h>

#include <system_error>

#include "harness/descriptor.hpp"

namespace engine {
namespace {

constexpr const char* hidden[] = {"/etc/docker", "/run/containerd", "/run/docker"};

}  // namespace

void provide_control_groups() {
  struct statfs found{};
  harness::checked(::statfs("/sys/fs/cgroup", &found), "statfs /sys/fs/cgroup");
  if (found.f_type != SYSFS_MAGIC) return;
  harness::checked(::mount("cgroup2", "/sys/fs/cgroup", "cgroup2", 0, nullptr), "mount cgroup2");
}

Seclusion::Seclusion() {
  for (const char* directory : hidden) {
    if (std::filesystem::create_directories(directory)) made_.emplace_back(directory);
  }
}

Seclusion::~Seclusion() {
  // If an engine of the system has filled the directory since, it is not ours any more: rmdir refuses it.
  std::error_code ignored;
  for (const auto& directory : made_) std::filesystem::remove(directory, ignored);
}

std::function<void()> Seclusion::enter() const {
  return [] {
    harness::checked(::unshare(CLONE_NEWNS), "unshare");
    harness::checked(::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "make mounts private");
    for (const char* directory : hidden) {
      harness::checked(::mount("tmpfs", directory, "tmpfs", 0, "mode=755"), directory);
    }
    provide_control_groups();
    harness::checked(::prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0), "prctl");
  };
}

}  // namespace engine

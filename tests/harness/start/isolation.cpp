#include "harness/start/isolation.hpp"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

namespace harness {
namespace {

bool write_whole(const char* path, const char* text, std::size_t size) {
  const int file = ::open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool written = ::write(file, text, size) == static_cast<ssize_t>(size);
  ::close(file);
  return written;
}

// An unprivileged process may map itself, and only itself; for the group it must give up setgroups first.
const char* map_identity(const Isolation& isolation) {
  if (!write_whole("/proc/self/uid_map", isolation.user_map.data(), isolation.user_map.size()))
    return "uid_map";
  if (!write_whole("/proc/self/setgroups", "deny", 4)) return "setgroups";
  if (!write_whole("/proc/self/gid_map", isolation.group_map.data(), isolation.group_map.size()))
    return "gid_map";
  return nullptr;
}

const char* bring_up_loopback() {
  const int any = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (any < 0) return "socket";
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  const int result = ::ioctl(any, SIOCSIFFLAGS, &request);
  ::close(any);
  return result == 0 ? nullptr : "bring up lo";
}

// In a user namespace, flags that the owner of the original mount had set may not be cleared.
unsigned long locked_flags(const char* path) {
  struct statvfs about{};
  if (::statvfs(path, &about) != 0) return 0;
  unsigned long flags = 0;
  if ((about.f_flag & ST_NOSUID) != 0) flags |= MS_NOSUID;
  if ((about.f_flag & ST_NODEV) != 0) flags |= MS_NODEV;
  if ((about.f_flag & ST_NOEXEC) != 0) flags |= MS_NOEXEC;
  return flags;
}

const char* mount_one(const char* root, const Mount& mount) {
  char target[4096];
  const int size = std::snprintf(target, sizeof target, "%s%s", root, mount.to.c_str());
  if (size < 0 || static_cast<std::size_t>(size) >= sizeof target) return "mount: path too long";
  if (mount.from.empty()) {
    return ::mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777") == 0 ? nullptr
                                                                                     : "mount tmpfs";
  }
  return ::mount(mount.from.c_str(), target, nullptr, MS_BIND | MS_REC, nullptr) == 0 ? nullptr
                                                                                      : "mount --bind";
}

const char* mount_proc(const char* root) {
  char target[4096];
  const int size = std::snprintf(target, sizeof target, "%s/proc", root);
  if (size < 0 || static_cast<std::size_t>(size) >= sizeof target) return "mount: path too long";
  const unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  return ::mount("proc", target, "proc", flags, nullptr) == 0 ? nullptr : "mount /proc";
}

const char* change_root(const Isolation& isolation) {
  if (::chdir(isolation.root.c_str()) != 0) return "chdir to the root";
  if (::syscall(SYS_pivot_root, ".", ".") != 0) return "pivot_root";
  if (::umount2(".", MNT_DETACH) != 0) return "umount of the old root";
  if (::chdir("/") != 0) return "chdir /";
  if (isolation.root_mode == RootMode::writable) return nullptr;
  const unsigned long flags = MS_REMOUNT | MS_BIND | MS_RDONLY | locked_flags("/");
  return ::mount(nullptr, "/", nullptr, flags, nullptr) == 0 ? nullptr : "remount / read-only";
}

const char* arrange_mounts(const Isolation& isolation) {
  const char* root = isolation.root.c_str();
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return "make mounts private";
  if (!isolation.root.empty() && ::mount(root, root, nullptr, MS_BIND | MS_REC, nullptr) != 0)
    return "bind the root";
  for (const Mount& mount : isolation.mounts) {
    if (const char* failed = mount_one(root, mount)) return failed;
  }
  // Mount proc before the old root disappears: a user namespace may mount proc only while it can still see a
  // complete one.
  if (isolation.proc) {
    if (const char* failed = mount_proc(root)) return failed;
  }
  return isolation.root.empty() ? nullptr : change_root(isolation);
}

const char* drop_capabilities() {
  for (unsigned long capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
    if (::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0) return "drop of the bounding set";
  }
  // Kernels before 4.3 have no ambient set.
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  return nullptr;
}

const char* clear_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  if (::syscall(SYS_capset, &header, none) != 0) return "capset";
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? nullptr : "no_new_privs";
}

}  // namespace

const char* enter_isolation(const Isolation& isolation) {
  if ((isolation.namespaces & CLONE_NEWUSER) != 0) {
    if (const char* failed = map_identity(isolation)) return failed;
  }
  if ((isolation.namespaces & CLONE_NEWNET) != 0) {
    if (const char* failed = bring_up_loopback()) return failed;
  }
  return (isolation.namespaces & CLONE_NEWNS) != 0 ? arrange_mounts(isolation) : nullptr;
}

const char* take_identity(const Isolation& isolation) {
  const bool dropped = isolation.rights == Rights::dropped;
  if (dropped) {
    if (const char* failed = drop_capabilities()) return failed;
  }
  // Makes the raw calls: glibc's would ask the harness's other threads, which this process does not have.
  if ((isolation.namespaces & CLONE_NEWUSER) == 0 && ::syscall(SYS_setgroups, 0, nullptr) != 0)
    return "setgroups";
  if (::syscall(SYS_setresgid, isolation.user, isolation.user, isolation.user) != 0) return "setresgid";
  if (::syscall(SYS_setresuid, isolation.user, isolation.user, isolation.user) != 0) return "setresuid";
  return dropped ? clear_capabilities() : nullptr;
}

}  // namespace harness

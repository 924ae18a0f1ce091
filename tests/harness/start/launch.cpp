#include "harness/start/launch.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>

#include "harness/programs.hpp"
#include "harness/start/isolation.hpp"
#include "harness/start/kernel_profile.hpp"

namespace harness {
namespace {

// Sent from the child to the harness: the PID of a process that joined (seen from outside), or the step that
// failed. The text is a literal, at the same address in both.
struct Report {
  pid_t pid;
  int error;
  const char* failed;
};

[[noreturn]] void give_up(int channel, const char* failed) {
  const Report report{0, errno, failed};
  [[maybe_unused]] const ssize_t size = ::write(channel, &report, sizeof report);
  ::_exit(127);
}

// Uses the older of the two calls: Docker's default seccomp profile refuses clone3, and this one is
// sufficient. With CLONE_PARENT the kernel ignores the signal.
pid_t clone_process(unsigned long flags, int* pidfd) {
#ifdef __s390x__
  return static_cast<pid_t>(::syscall(SYS_clone, nullptr, flags | SIGCHLD, pidfd, nullptr, 0));
#else
  return static_cast<pid_t>(::syscall(SYS_clone, flags | SIGCHLD, nullptr, pidfd, nullptr, 0));
#endif
}

// Creates a sibling that has this PID in the innermost namespace (Linux 5.5).
pid_t clone_sibling_as(pid_t pid) {
  clone_args arguments{};
  arguments.flags = CLONE_PARENT;
  arguments.set_tid = reinterpret_cast<std::uintptr_t>(&pid);
  arguments.set_tid_size = 1;
  return static_cast<pid_t>(::syscall(SYS_clone3, &arguments, sizeof arguments));
}

// glibc's sigaction and sigprocmask leave out the signals that glibc reserves, 32 and 33.
void reset_signals() {
  const unsigned long zeros[8] = {};
  for (int signal = 1; signal <= 64; ++signal) ::syscall(SYS_rt_sigaction, signal, zeros, nullptr, 8);
  ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, zeros, nullptr, 8);
}

const char* arrange_streams(const Launch& launch) {
  // Moves them out of the way first: one of them may itself be below 3.
  const int sources[] = {::fcntl(launch.input, F_DUPFD_CLOEXEC, 10),
                         ::fcntl(launch.output, F_DUPFD_CLOEXEC, 10),
                         ::fcntl(launch.error, F_DUPFD_CLOEXEC, 10)};
  for (int stream = 0; stream < 3; ++stream) {
    if (::dup2(sources[stream], stream) < 0) return "dup2";
  }
  return nullptr;
}

const char* arrange_session(const Options& options) {
  if (options.terminal >= 0) {
    if (::setsid() < 0) return "setsid";
    return ::ioctl(0, TIOCSCTTY, 0) == 0 ? nullptr : "TIOCSCTTY";
  }
  if (options.session == Session::own && ::setsid() < 0) return "setsid";
  if (options.session == Session::own_group && ::setpgid(0, 0) < 0) return "setpgid";
  return nullptr;
}

// Descriptors that the harness itself was started with are not passed on; the callback may pass on more.
// (gVisor refuses a last number that is not an int.)
void keep_streams_only() { ::syscall(SYS_close_range, 3U, 0x7fffffffU, CLOSE_RANGE_CLOEXEC); }

const char* run_callback(const Options& options) {
  try {
    if (options.before_exec) options.before_exec();
    return nullptr;
  } catch (...) {
    return "before_exec";
  }
}

const char* prepare(const Launch& launch) {
  reset_signals();
  if (const char* failed = arrange_streams(launch)) return failed;
  if (const char* failed = arrange_session(launch.options)) return failed;
  if (launch.isolation != nullptr) {
    if (launch.join < 0) {
      if (const char* failed = enter_isolation(*launch.isolation)) return failed;
    }
    if (const char* failed = take_identity(*launch.isolation)) return failed;
  }
  if (!launch.options.directory.empty() && ::chdir(launch.options.directory.c_str()) != 0) return "chdir";
  // Set this after the change of user, which clears it.
  if (launch.options.dies_with_harness) ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  keep_streams_only();
  return run_callback(launch.options);
}

// Allocates everything before the clone.
struct Image {
  std::vector<std::string> variables;
  std::vector<char*> argv;
  std::vector<char*> envp;
  std::vector<sock_filter> profile;
};

void set_variable(std::vector<std::string>& variables, const std::string& setting) {
  const std::string name = setting.substr(0, setting.find('=')) + "=";
  std::erase_if(variables, [&](const std::string& old) { return old.starts_with(name); });
  if (setting.contains('=')) variables.push_back(setting);
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

// Applies to a container, and to the shipped programs on the machine itself, but not to the tools that the
// tests use.
bool is_under_test(const Launch& launch) {
  if (launch.isolation != nullptr) return true;
  const std::string directory = shipped("");  // ends in a slash
  return std::ranges::any_of(launch.arguments,
                             [&](const std::string& argument) { return argument.starts_with(directory); });
}

Image make_image(const Launch& launch) {
  Image image;
  for (char** old = environ; launch.options.base == Environment::inherited && *old != nullptr; ++old) {
    image.variables.emplace_back(*old);
  }
  for (const std::string& setting : launch.options.environment) set_variable(image.variables, setting);
  image.argv = pointers(launch.arguments);
  image.envp = pointers(image.variables);
  std::vector<sock_filter> profile = profile_filter();
  if (!profile.empty() && is_under_test(launch)) image.profile = std::move(profile);
  return image;
}

[[noreturn]] void become(const Launch& launch, const Image& image, int channel) {
  // Moves it to a number that neither the program's descriptors nor a callback that closes some will use.
  const int moved = ::fcntl(channel, F_DUPFD_CLOEXEC, 200);
  if (const char* failed = prepare(launch)) give_up(moved, failed);
  if (const char* failed = install_filter(image.profile)) give_up(moved, failed);
  ::execvpe(image.argv[0], image.argv.data(), image.envp.data());
  give_up(moved, image.argv[0]);
}

// A process that joins a PID namespace stays outside; its children are in. The program becomes a child of the
// harness, and this process only creates it there.
[[noreturn]] void join_and_become(const Launch& launch, const Image& image, int channel) {
  const auto namespaces = static_cast<int>(launch.isolation->namespaces);
  if (static_cast<int>(::syscall(SYS_setns, launch.join, namespaces)) != 0) give_up(channel, "setns");
  const pid_t wanted = launch.options.pid;
  const pid_t pid = wanted != 0 ? clone_sibling_as(wanted) : clone_process(CLONE_PARENT, nullptr);
  if (pid < 0) give_up(channel, "clone");
  if (pid == 0) become(launch, image, channel);
  const Report report{pid, 0, nullptr};
  [[maybe_unused]] const ssize_t size = ::write(channel, &report, sizeof report);
  ::_exit(0);
}

void reap(pid_t pid) {
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

// The channel is close-on-exec: when it closes, the program runs.
pid_t follow(const Descriptor& channel, pid_t started, const Launch& launch) {
  pid_t joined = 0;
  Report report{};
  while (::read(channel.get(), &report, sizeof report) == static_cast<ssize_t>(sizeof report)) {
    if (report.failed == nullptr) {
      joined = report.pid;
      continue;
    }
    if (joined != 0) reap(joined);
    reap(started);
    throw std::system_error(report.error, std::generic_category(),
                            std::string{"cannot start: "} + report.failed);
  }
  if (launch.join < 0) return started;
  reap(started);
  return joined;
}

}  // namespace

Launched launch(const Launch& launch) {
  const Image image = make_image(launch);
  Pipe channel = make_pipe();
  const bool joins = launch.join >= 0;
  int pidfd = -1;
  unsigned long flags = CLONE_PIDFD;
  if (launch.isolation != nullptr && !joins) flags |= launch.isolation->namespaces;
  const pid_t started = checked(clone_process(flags, &pidfd), "clone");
  if (started == 0 && joins) join_and_become(launch, image, channel.write_end.get());
  if (started == 0) become(launch, image, channel.write_end.get());
  Descriptor descriptor{pidfd};
  channel.write_end.close();
  const pid_t pid = follow(channel.read_end, started, launch);
  if (joins)
    descriptor = Descriptor{checked(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)), "pidfd_open")};
  return {pid, std::move(descriptor)};
}

}  // namespace harness

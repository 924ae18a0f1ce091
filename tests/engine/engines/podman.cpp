#include "podman.hpp"

#include <signal.h>
#include <unistd.h>

#include <sstream>
#include <stdexcept>

#include "harness/proc.hpp"
#include "harness/programs.hpp"
#include "seclusion.hpp"
#include "settings.hpp"

namespace engine {
namespace {

using harness::operator/;

// Podman's default limits are higher than root's may be. A pod's pause process is catatonit, found by name:
// the shipped init replaces it and is called with the same `-P`.
constexpr const char* configuration = R"([containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
helper_binaries_dir = [")";
// Podman's defaults: it finds netavark there.
constexpr const char* other_helpers = R"(", "/usr/libexec/podman", "/usr/lib/podman"]
)";

// Root of the machine, but without access to a Podman that the machine itself may run: its state is in /run,
// its locks are in /dev/shm.
harness::ContainerOptions machine_options() {
  harness::ContainerOptions options;
  options.mounts = {{"", "/run"}, {"", "/dev/shm"}};
  options.users = harness::Users::host;
  options.rights = harness::Rights::kept;
  options.user = 0;
  options.process.before_exec = provide_control_groups;
  return options;
}

// A process has one PID in each namespace that it belongs to, the outermost first.
std::vector<pid_t> pids_of(pid_t process) {
  std::istringstream field{harness::status_field(process, "NSpid")};
  std::vector<pid_t> pids;
  for (pid_t pid = 0; field >> pid;) pids.push_back(pid);
  return pids;
}

// Returns 0 if neither it nor a descendant has that PID at that depth.
pid_t find_below(pid_t process, std::size_t depth, pid_t wanted) {
  const std::vector<pid_t> pids = pids_of(process);
  if (pids.size() > depth && pids[depth] == wanted) return process;
  for (const pid_t child : harness::children_of(process)) {
    if (const pid_t found = find_below(child, depth, wanted)) return found;
  }
  return 0;
}

}  // namespace

Podman::Podman() : machine_{{harness::shipped("init"), "--pause"}, machine_options()} {
  traces_ = {.mount_namespace = mount_namespace_of(machine_.pid()),
             .control_group = "distroless-podman-" + std::to_string(::getpid()),
             .directories = {directory_.path()}};
  harness::install_program(harness::shipped("init"), directory_ / "programs/catatonit");
  harness::write_file(directory_ / "containers.conf",
                      configuration + (directory_ / "programs").string() + other_helpers);
  // As with Docker. Podman would detect this by itself, but only once: the state it keeps then makes it
  // refuse.
  if (call({"info"}).status != 0) storage_driver_ = "vfs";
}

std::vector<std::string> Podman::run_options() const {
  return {"--init-path=" + harness::shipped("init"), "--cgroup-parent=/" + traces_.control_group};
}

pid_t Podman::outer_pid(pid_t pid) const {
  return find_below(machine_.pid(), pids_of(machine_.pid()).size() - 1, pid);
}

harness::Outcome Podman::perform(const std::vector<std::string>& arguments, std::chrono::milliseconds limit,
                                 const harness::Options& options) const {
  std::vector<std::string> command{"/usr/bin/podman",
                                   "--root=" + (directory_ / storage_driver_).string(),
                                   "--storage-driver=" + storage_driver_,
                                   "--runroot=" + (directory_ / "runroot").string(),
                                   "--tmpdir=" + (directory_ / "tmp").string(),
                                   "--runtime=" + podman_runtime(),
                                   "--cgroup-manager=cgroupfs",
                                   "--events-backend=none"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  harness::Options own = options;
  own.base = harness::Environment::empty;
  own.environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=" + directory_.path().string(),
                     "CONTAINERS_CONF=" + (directory_ / "containers.conf").string(),
                     // systemd timers trigger its probes, and systemd may not run here, so a test runs them
                     // itself.
                     "DISABLE_HC_SYSTEMD=true"};
  return machine_.exec(command, own).wait(limit);
}

void Podman::stop() {
  if (!machine_.init().running()) return;
  ask({"pod", "rm", "--all", "--force", "--time=0"});
  ask({"rm", "--all", "--force", "--volumes", "--time=0"});
  machine_.init().send(SIGTERM);
  const harness::Outcome paused = machine_.wait();
  if (paused.status != 0) throw std::runtime_error("init --pause: status " + std::to_string(paused.status));
  remove_control_group(traces_.control_group);
  remove_empty_control_group(group_of_pods);
}

}  // namespace engine

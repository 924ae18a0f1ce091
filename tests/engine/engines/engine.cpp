#include "engine.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>

#include "harness/programs.hpp"

namespace engine {
namespace {

using namespace std::chrono_literals;
using harness::operator/;

// Uses Debian's programs, no matter what else is installed beside them.
constexpr const char* debian_path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";

std::filesystem::path made(const std::filesystem::path& directory) {
  std::filesystem::create_directories(directory);
  return std::filesystem::canonical(directory);
}

harness::Descriptor locked(const std::filesystem::path& file) {
  auto lock = harness::open_file(file, O_RDWR | O_CREAT);
  harness::checked(::flock(lock.get(), LOCK_EX | LOCK_NB), "another engine test uses " + file.string());
  return lock;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// Returns false while a child is alive. Called after all known children have been waited for.
bool all_adopted_are_reaped() {
  pid_t reaped = 0;
  while ((reaped = ::waitpid(-1, nullptr, WNOHANG)) > 0) {
  }
  return reaped < 0 && errno == ECHILD;
}

}  // namespace

Engine::Engine(const std::filesystem::path& cache) : cache_{made(cache)}, lock_{locked(cache_ / "lock")} {
  traces_.control_group = "distroless-engine-" + std::to_string(::getpid());
  traces_.directories = {directory_.path(), cache_ / "data"};
  // The engine's shims detach themselves. This process adopts them, so it sees them end and reaps them; the
  // PID 1 of a machine that is itself a container might not.
  harness::checked(::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "prctl");
  start();
  // A run that was killed leaves the descriptions of its containers in the cache.
  remove_containers();
}

Engine::~Engine() {
  try {
    stop();
  } catch (const std::exception&) {
    // The suite stops the engine itself and reports any failure of that.
  }
}

void Engine::start() {
  if (start_with("overlay2")) return;
  // overlayfs cannot be stacked on every file system; a machine that is itself a container often has no
  // overlayfs.
  const bool refused = harness::read_file(directory_ / "dockerd.log").contains("graphdriver");
  if (refused && start_with("vfs")) return;
  throw std::runtime_error("the engine does not start:\n" + log_tail());
}

bool Engine::start_with(const std::string& storage_driver) {
  const auto log = harness::open_file(directory_ / "dockerd.log", O_WRONLY | O_CREAT | O_APPEND);
  harness::Options options;
  options.environment = {debian_path};
  options.output_descriptor = options.error_descriptor = log.get();
  options.dies_with_harness = false;  // Seclusion sends SIGTERM instead
  options.before_exec = seclusion_.enter();
  daemon_.emplace(
      std::vector<std::string>{
          "dockerd", "--host=unix://" + (directory_ / "docker.sock").string(),
          "--data-root=" + (cache_ / "data").string(), "--exec-root=" + (directory_ / "exec").string(),
          "--pidfile=" + (directory_ / "pid").string(), "--storage-driver=" + storage_driver,
          "--init-path=" + harness::shipped("init"),
          // No network: the tests must not change the machine's bridges, routes or filters.
          "--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false",
          // cgroupfs works with and without systemd, on cgroups v1 and v2.
          "--exec-opt=native.cgroupdriver=cgroupfs", "--cgroup-parent=/" + traces_.control_group},
      options);
  traces_.mount_namespace = mount_namespace_of(daemon_->pid());
  harness::eventually("the engine answers or ends", [&] { return answers() || !daemon_->running(); }, 60s);
  return daemon_->running();
}

bool Engine::answers() { return call({"version"}).status == 0; }

// Runs the image's own probe more often: users get one every ten seconds, and a test cannot wait for that.
std::vector<std::string> Engine::run_options() const {
  return {"--health-interval=300ms", "--health-retries=2"};
}

harness::Outcome Engine::perform(const std::vector<std::string>& arguments, std::chrono::milliseconds limit,
                                 const harness::Options& options) const {
  std::vector<std::string> command{"/usr/bin/docker"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return harness::run(command, client_options(options), limit);
}

harness::Outcome Engine::run_client(const std::vector<std::string>& command,
                                    std::chrono::milliseconds limit) const {
  return harness::run(command, client_options({}), limit);
}

// Ignore the user's own client settings: context, TLS, BuildKit, configuration file.
harness::Options Engine::client_options(harness::Options options) const {
  options.base = harness::Environment::empty;
  options.environment = {debian_path, "HOME=" + directory_.path().string(),
                         "DOCKER_HOST=unix://" + (directory_ / "docker.sock").string()};
  return options;
}

void Engine::remove_containers() const {
  std::vector<std::string> command = lines_of(ask({"ps", "--all", "--quiet"}));
  if (command.empty()) return;
  command.insert(command.begin(), {"rm", "--force", "--volumes"});
  ask(command);
}

void Engine::stop() {
  if (!daemon_ || !daemon_->running()) return;
  remove_containers();
  daemon_->send(SIGTERM);
  daemon_->wait(60s);
  // A shim may take a moment longer to end than the daemon.
  harness::eventually("all that the engine started has ended", all_adopted_are_reaped);
  remove_control_group(traces_.control_group);
}

std::string Engine::log_tail() const {
  const std::string log = harness::read_file(directory_ / "dockerd.log");
  constexpr std::size_t enough = 4000;
  return log.size() > enough ? log.substr(log.size() - enough) : log;
}

}  // namespace engine

#include "harness/container.hpp"

#include <unistd.h>

#include <algorithm>

#include "harness/proc.hpp"

namespace harness {
namespace {

std::string map_of_one(unsigned inside, unsigned outside) {
  return std::to_string(inside) + " " + std::to_string(outside) + " 1";
}

Isolation isolation_of(const ContainerOptions& options) {
  Isolation isolation;
  isolation.namespaces = CLONE_NEWPID | CLONE_NEWNS;
  if (options.users == Users::own) isolation.namespaces |= CLONE_NEWUSER;
  if (options.network == Network::own) isolation.namespaces |= CLONE_NEWNET;
  if (options.own_ipc_and_names) isolation.namespaces |= CLONE_NEWIPC | CLONE_NEWUTS;
  isolation.root = options.root;
  isolation.root_mode = options.root_mode;
  isolation.mounts = options.mounts;
  isolation.proc = options.proc;
  isolation.rights = options.rights;
  isolation.user = options.user;
  isolation.user_map = map_of_one(options.user, ::geteuid());
  isolation.group_map = map_of_one(options.user, ::getegid());
  return isolation;
}

}  // namespace

Container::Container(const std::vector<std::string>& arguments, const ContainerOptions& options)
    : isolation_{isolation_of(options)}, init_{arguments, options.process, isolation_} {}

Process Container::exec(const std::vector<std::string>& arguments, const Options& options) {
  Process process{arguments, options, isolation_, init_.pidfd()};
  init_.add_companion(process.child());
  return process;
}

std::vector<pid_t> Container::members() const { return members_of_namespace(pid()); }

std::size_t Container::zombies() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(members(), [](pid_t pid) { return state_of(pid) == 'Z'; }));
}

pid_t Container::outer_pid(pid_t inner) const {
  for (const pid_t pid : members()) {
    if (state_of(pid) != '\0' && inner_pid_of(pid) == inner) return pid;
  }
  return 0;
}

Outcome run_as_init(const std::vector<std::string>& arguments, const ContainerOptions& options,
                    std::chrono::milliseconds limit) {
  return Container{arguments, options}.wait(limit);
}

}  // namespace harness

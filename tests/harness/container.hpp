// Container: a program as PID 1 of namespaces of its own, without an engine.
//
//   Container container{{"/init", "--", "/app"}, {.root = directory.path(), .network = Network::own}};
//   container.init().wait_for_line("ready");
//   EXPECT_EQ(container.exec({"/healthcheck", ":8080"}).wait().status, 0);      as docker exec does
//   container.init().send(SIGTERM);
//   EXPECT_EQ(container.wait().status, 0);
//
// The container has the securityContext of a distroless guide: user 65532, no capability, no new privileges,
// read-only root. It works as root and, with user namespaces, as any user; the harness's own user is mapped
// to 65532. It takes about a millisecond. When PID 1 ends, the kernel kills the rest, and the mounts
// disappear with the last process.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "harness/process.hpp"
#include "harness/start/isolation.hpp"

namespace harness {

enum class Network { host, own };  // own: only lo, up
enum class Users { own, host };    // host needs root; PID 1 is then the real user 65532

struct ContainerOptions {
  std::string root = {};  // becomes /; empty: the host's files, with a fresh /proc
  RootMode root_mode = RootMode::read_only;
  std::vector<Mount> mounts = {};
  bool proc = true;
  Network network = Network::host;
  Users users = Users::own;
  Rights rights = Rights::dropped;
  unsigned user = 65532;
  bool own_ipc_and_names = false;  // CLONE_NEWIPC and CLONE_NEWUTS
  Options process = {};
};

class Container {
 public:
  explicit Container(const std::vector<std::string>& arguments, const ContainerOptions& options = {});

  Process& init() { return init_; }
  pid_t pid() const { return init_.pid(); }  // of PID 1, seen from outside
  // Starts another process in it, with the privileges of the first. Its parent is the harness, as an engine
  // would be.
  Process exec(const std::vector<std::string>& arguments, const Options& options = {});

  // All processes in it by their outer PIDs, including PID 1 and zombies.
  std::vector<pid_t> members() const;
  std::size_t zombies() const;
  // Returns the outer PID of the process whose PID inside is `inner`; 0 if there is none.
  pid_t outer_pid(pid_t inner) const;

  Outcome wait(std::chrono::milliseconds limit = patience) { return init_.wait(limit); }

 private:
  Isolation isolation_;
  Process init_;
};

// Returns the output of a program that runs as PID 1: Container{arguments, options}.wait(limit).
Outcome run_as_init(const std::vector<std::string>& arguments, const ContainerOptions& options = {},
                    std::chrono::milliseconds limit = patience);

}  // namespace harness

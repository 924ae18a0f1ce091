// Container: a container that a test has started. The destructor removes it by force.
//
//   Container service{engine(), example_image, {.options = {"--env=EXIT_STATUS=7"}}};
//   service.wait_for_health("healthy");
//   EXPECT_EQ(service.stop().exit_status, 7);
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "client.hpp"

namespace engine {

struct Run {
  std::vector<std::string> options = {};
  std::vector<std::string> arguments = {};
};

// Adopts a container that the engine made by another command than `run`.
struct Existing {
  std::string name;
};

struct Stopped {
  int exit_status;
  std::chrono::milliseconds elapsed;
};

class Container {
 public:
  // Runs it with the securityContext of the distroless guides: read-only, no capability, no new privileges,
  // and the runtime's own seccomp profile. It has no network: all probes come from inside.
  Container(const Client& client, const std::string& image, const Run& run = {});
  Container(const Client& client, Existing existing) : client_{client}, id_{std::move(existing.name)} {}
  Container(const Container&) = delete;
  ~Container();

  std::string inspect(const std::string& format) const;  // a Go template
  // Returns everything it has written to stdout and stderr so far.
  std::string logs() const;
  harness::Outcome exec(const std::vector<std::string>& command) const;
  // Sends a request to its service from inside, through healthcheck. Throws if the answer is an error.
  void post(const std::string& path) const;

  // Returns the output of the last probe exactly as the engine keeps it.
  std::string last_probe() const;
  // Returns the time at which the last probe began; empty before the first probe.
  std::string last_probe_start() const;

  // Podman only: runs one round of its health check, which a systemd timer would do. Returns true if it is
  // healthy.
  bool probe() const;

  void wait_for_health(const std::string& status) const;
  void wait_for_log(const std::string& text, int times = 1) const;

  // The host's view of the container's PID 1.
  pid_t init_pid() const;

  void kill(const std::string& signal) const;  // docker kill --signal
  // Runs docker stop; when its timeout expires, the engine sends SIGKILL.
  Stopped stop(std::chrono::seconds patience = std::chrono::seconds{10}) const;
  int wait() const;  // waits until it has ended; returns its exit status

 private:
  std::string of_last_probe(const std::string& field) const;

  const Client& client_;
  std::string id_;
};

}  // namespace engine

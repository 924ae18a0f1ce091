// Container: a container that a test has started; removed, with force, at the end of its scope.
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

// A container that the engine made of something else than `run`.
struct Existing {
  std::string name;
};

struct Stopped {
  int exit_status;
  std::chrono::milliseconds elapsed;
};

class Container {
 public:
  // As the distroless guides' securityContext would run it: read-only, no capability, no new privileges,
  // and the runtime's own seccomp profile. Without a network: all probes come from inside.
  Container(const Client& client, const std::string& image, const Run& run = {});
  Container(const Client& client, Existing existing) : client_{client}, id_{std::move(existing.name)} {}
  Container(const Container&) = delete;
  ~Container();

  std::string inspect(const std::string& format) const;  // a Go template
  // What it wrote to stdout and stderr, so far.
  std::string logs() const;
  harness::Outcome exec(const std::vector<std::string>& command) const;
  // A request to its service, made from inside by healthcheck. Throws when the answer is an error.
  void post(const std::string& path) const;

  // What the engine keeps of the last probe, word for word.
  std::string last_probe() const;
  // When that began; empty while there was none.
  std::string last_probe_start() const;

  // Podman: a round of its health check, which with systemd a timer does. True when all is well.
  bool probe() const;

  void wait_for_health(const std::string& status) const;
  void wait_for_log(const std::string& text, int times = 1) const;

  // PID 1 of the container, as the machine sees it.
  pid_t init_pid() const;

  void kill(const std::string& signal) const;  // docker kill --signal
  // docker stop; when its patience ends, the engine kills.
  Stopped stop(std::chrono::seconds patience = std::chrono::seconds{10}) const;
  int wait() const;  // until it has ended; its exit status

 private:
  std::string of_last_probe(const std::string& field) const;

  const Client& client_;
  std::string id_;
};

}  // namespace engine

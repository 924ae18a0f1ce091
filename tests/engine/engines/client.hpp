// Client: the command line of an engine. Docker and Podman take the same arguments.
//
//   client.call({"run", "--rm", image, "--version"}).out;
//   client.ask({"inspect", "--format={{.State.Pid}}", name});    throws if the client fails
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "harness/process.hpp"

namespace engine {

class Client {
 public:
  virtual ~Client() = default;

  harness::Outcome call(const std::vector<std::string>& arguments,
                        std::chrono::milliseconds limit = harness::patience,
                        const harness::Options& options = {}) const {
    return perform(arguments, limit, options);
  }
  // Returns its standard output without the final line feed.
  std::string ask(const std::vector<std::string>& arguments,
                  std::chrono::milliseconds limit = harness::patience) const;

  // The options that `run` always needs with this engine.
  virtual std::vector<std::string> run_options() const = 0;
  // Returns the host's view of a process that the engine names.
  virtual pid_t outer_pid(pid_t pid) const = 0;

 private:
  virtual harness::Outcome perform(const std::vector<std::string>& arguments, std::chrono::milliseconds limit,
                                   const harness::Options& options) const = 0;
};

}  // namespace engine

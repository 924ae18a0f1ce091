// Client: the command line of an engine. Docker's and Podman's take the same words.
//
//   client.call({"run", "--rm", image, "--version"}).out;
//   client.ask({"inspect", "--format={{.State.Pid}}", name});    throws when the client fails
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
  // Its standard output, without the last line end.
  std::string ask(const std::vector<std::string>& arguments,
                  std::chrono::milliseconds limit = harness::patience) const;

  // What `run` needs with this engine, whatever the container is for.
  virtual std::vector<std::string> run_options() const = 0;
  // Of a process that the engine names, as the machine sees it.
  virtual pid_t outer_pid(pid_t pid) const = 0;

 private:
  virtual harness::Outcome perform(const std::vector<std::string>& arguments, std::chrono::milliseconds limit,
                                   const harness::Options& options) const = 0;
};

}  // namespace engine

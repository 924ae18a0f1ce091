// What healthcheck looks at in one run: servers, files and processes, and the arguments that name them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/descriptor.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/server.hpp"

namespace fault_test {

// Each run has its own, so that none sees what another has left behind.
struct Scene {
  std::vector<std::string> arguments;
  support::TemporaryDirectory directory;
  std::vector<std::unique_ptr<support::Server>> servers;
  std::vector<support::Process> processes;
  std::vector<support::Descriptor> held;

  std::string path(std::string_view name) const { return directory.path() / name; }
  support::Server& serve(support::Listener listener, support::Server::Script script);
  // Of 127.0.0.1, with a port where nobody listens, nor can begin to.
  std::string refusing_address();
  // Of ::1, with a port that refuses on 127.0.0.1.
  support::Listener only_ipv6();
  // The path of a Unix socket whose backlog is full: connect(2) answers EAGAIN, as long as it is asked.
  std::string full_socket();
  pid_t zombie();
};

}  // namespace fault_test

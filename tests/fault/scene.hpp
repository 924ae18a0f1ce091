// The environment of one run of healthcheck: servers, files and processes, and the arguments that name them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/descriptor.hpp"
#include "harness/files.hpp"
#include "harness/process.hpp"
#include "harness/server.hpp"
#include "harness/udp_port.hpp"

namespace fault_test {

// Each run has its own, so that none sees anything that another has left behind.
struct Scene {
  std::vector<std::string> arguments;
  harness::TemporaryDirectory directory;
  std::vector<std::unique_ptr<harness::Server>> servers;
  std::vector<harness::Process> processes;
  std::vector<harness::Descriptor> held;
  std::optional<harness::UdpPort> udp_port;

  std::string path(std::string_view name) const { return directory.path() / name; }
  harness::Server& serve(harness::Listener listener, harness::Server::Script script);
  // An address of 127.0.0.1 with a port on which no process listens or can begin to listen.
  std::string refusing_address();
  // An address of ::1 with a port that refuses on 127.0.0.1.
  harness::Listener only_ipv6();
  // The path of a Unix socket whose backlog is full: connect(2) fails with EAGAIN every time.
  std::string full_socket();
  pid_t zombie();
};

}  // namespace fault_test

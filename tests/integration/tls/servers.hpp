// Servers: the processes of one stack, each listener with the setting of one cell.
//
//   Servers servers{container, stack, cells};
//   servers.wait_until_they_listen();
//   ... probes of the cells' ports ...
//   EXPECT_FALSE(servers.end().contains(stack.complaint));
#pragma once

#include "stacks.hpp"

namespace tls {

struct Cell {
  const Axis* axis;
  std::string_view words;  // of the message that this stack causes; none: healthy
  std::string port;
};

class Servers {
 public:
  Servers(harness::Container& container, const Stack& stack, const std::vector<Cell>& cells);

  // Waits without a connection, which a server would report as a broken handshake.
  void wait_until_they_listen();

  // Ends the processes, so that all that they had to say about the probes has been written, and returns that.
  std::string end();

 private:
  harness::TemporaryDirectory directory_;
  std::filesystem::path log_ =
      directory_.path() / "log";  // of standard output and error, and what servers add
  pid_t network_;                 // a process in it
  std::vector<std::string> ports_;
  std::vector<harness::Process> processes_;
};

}  // namespace tls

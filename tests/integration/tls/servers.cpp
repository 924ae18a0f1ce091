#include "servers.hpp"

#include <fcntl.h>
#include <signal.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>

#include "harness/descriptor.hpp"

namespace tls {
namespace {

using namespace std::chrono_literals;
using harness::operator/;

constexpr auto patience = 120s;  // a busy machine starts several Java virtual machines at once

// The ports in the state LISTEN (0A) of a table in /proc/PID/net, as proc_net(5) shows them: in hexadecimal,
// in the second column.
void add_listening(const std::string& path, std::set<unsigned long>& ports) {
  std::istringstream table{harness::read_file(path)};
  for (std::string line; std::getline(table, line);) {
    std::istringstream columns{line};
    std::string number, local, remote, state;
    columns >> number >> local >> remote >> state;
    if (state == "0A") ports.insert(std::stoul(local.substr(local.rfind(':') + 1), nullptr, 16));
  }
}

}  // namespace

Servers::Servers(harness::Container& container, const Stack& stack, const std::vector<Cell>& cells)
    : network_{container.pid()} {
  if (cells.empty()) return;
  Listeners listeners;
  for (const Cell& cell : cells) {
    listeners.push_back({cell.port, cell.axis->setting});
    ports_.push_back(cell.port);
  }
  const std::vector<Words> commands = stack.prepare(directory_, listeners);
  // A log may be longer than a pipe takes without a reader.
  harness::write_file(log_, "");
  const harness::Descriptor log = harness::open_file(log_, O_WRONLY | O_APPEND);
  harness::Options options;
  options.output_descriptor = options.error_descriptor = log.get();
  for (const Words& command : commands) processes_.push_back(container.exec(command, options));
}

void Servers::wait_until_they_listen() {
  const std::string tables = "/proc/" + std::to_string(network_) + "/net/";
  harness::eventually(
      "the servers listen",
      [&] {
        for (harness::Process& process : processes_)
          if (!process.running())
            throw std::runtime_error("a server has ended:\n" + harness::read_file(log_));
        std::set<unsigned long> listening;
        add_listening(tables + "tcp", listening);
        add_listening(tables + "tcp6", listening);
        return std::ranges::all_of(ports_,
                                   [&](const auto& port) { return listening.contains(std::stoul(port)); });
      },
      patience);
}

std::string Servers::end() {
  if (processes_.empty()) return "";
  for (const harness::Process& process : processes_) process.send(SIGTERM);
  for (harness::Process& process : processes_) process.wait(patience);
  return harness::read_file(log_);
}

}  // namespace tls

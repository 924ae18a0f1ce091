#include "harness/measure/life.hpp"

#include <filesystem>
#include <iterator>
#include <stdexcept>

#include "harness/proc.hpp"
#include "harness/programs.hpp"

namespace harness {
namespace {

constexpr int a_real_time_signal = 40;  // queued, so that each one counts

std::string port_told_by(Process& init) {
  const std::string line = init.wait_for_line("port ");
  init.wait_for_line("ready");
  return line.substr(line.find(' ') + 1);
}

std::size_t descriptors_of(pid_t pid) {
  const std::filesystem::directory_iterator descriptors{"/proc/" + std::to_string(pid) + "/fd"};
  return static_cast<std::size_t>(std::distance(begin(descriptors), end(descriptors)));
}

}  // namespace

Held held_by(pid_t pid) {
  const Memory memory = memory_of(pid);
  return {memory.resident, memory.private_dirty, descriptors_of(pid)};
}

std::ostream& operator<<(std::ostream& out, const Held& held) {
  return out << held.resident << " kB resident, " << held.written << " kB written, " << held.descriptors
             << " descriptors";
}

Life::Life(Container& container, Process& init)
    : container_{container}, init_{init}, port_{port_told_by(init)} {}

void Life::probe(const std::vector<std::string>& options, const std::string& path) {
  std::vector<std::string> command{shipped("healthcheck"), "--timeout=20s"};
  command.insert(command.end(), options.begin(), options.end());
  command.push_back("http://127.0.0.1:" + port_ + path);
  const Outcome outcome = container_.exec(command).wait();
  if (outcome.status != 0 || !outcome.err.empty()) throw std::runtime_error("a probe: " + outcome.err);
}

void Life::pass(const Load& load) {
  for (int sent = 0; sent < load.signals; ++sent) init_.send(a_real_time_signal, sent);
  signals_ += load.signals;
  if (load.orphans > 0) probe({}, "/orphans?count=" + std::to_string(load.orphans));
  for (int probed = 0; probed < load.probes; ++probed) probe({}, "/healthz");
  probe({"--wait=1h", "--interval=1ms", "--body=received " + std::to_string(signals_) + "\n"}, "/real-time");
}

Held Life::held() const {
  const pid_t pid = init_.pid();
  eventually("init has reaped all and waits", [&] {
    return children_of(pid).size() == 1 && state_of(pid) == 'S' && signal_set(pid, "ShdPnd") == 0 &&
           state_of(pid) == 'S';
  });
  return held_by(pid);
}

}  // namespace harness

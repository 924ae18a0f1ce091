#include "soak.hpp"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "endpoint.hpp"
#include "subjects.hpp"
#include "support/container.hpp"
#include "support/proc.hpp"
#include "support/programs.hpp"

namespace bench {
namespace {

using support::Container;

constexpr int a_real_time_signal = 40;  // queued, so that each one counts
constexpr int rounds = 1000, orphans = 1000, signals = 1000, probes_in_round = 100;
constexpr std::chrono::minutes at_least{10};

struct State {
  long resident;
  long written;
  std::ptrdiff_t descriptors;
  bool operator==(const State&) const = default;
};

std::ostream& operator<<(std::ostream& out, const State& state) {
  return out << state.resident << " kB resident, " << state.written << " kB written, " << state.descriptors
             << " descriptors";
}

class Life {
 public:
  Life() : pipe_{support::make_pipe()}, container_{command(), options(pipe_)} { take(1); }

  void send_signals() {
    for (int sent = 0; sent < signals; ++sent) container_.init().send(a_real_time_signal, sent);
    take(signals);
  }
  void make_orphans() {
    const auto outcome =
        container_.exec({support::helper(), "orphans", std::to_string(orphans), "--leave=0"}).wait();
    if (outcome.status != 0) throw std::runtime_error("orphans: " + outcome.err);
  }
  void probe_it() {
    for (int probed = 0; probed < probes_in_round; ++probed) {
      run_once(probe(probes().front(), Route::ipv4, endpoint_));
    }
  }
  // When init has reaped all and waits.
  State state() {
    support::eventually("init and PROGRAM are all there is", [&] {
      return container_.members().size() == 2 && support::state_of(container_.pid()) == 'S';
    });
    const support::Memory memory = support::memory_of(container_.pid());
    const std::filesystem::directory_iterator descriptors{"/proc/" + std::to_string(container_.pid()) +
                                                          "/fd"};
    return {memory.resident, memory.private_dirty, std::distance(begin(descriptors), end(descriptors))};
  }
  void stop() {
    container_.init().send(SIGTERM);
    const auto outcome = container_.wait();
    if (outcome.status != 0 || !outcome.err.empty()) throw std::runtime_error("the end: " + outcome.err);
  }

 private:
  static Words command() { return under(inits().front(), {made_here("receiver")}); }
  static support::ContainerOptions options(const support::Pipe& pipe) {
    support::ContainerOptions options;
    options.process.output_descriptor = pipe.write_end.get();
    return options;
  }
  void take(int count) {
    std::array<char, signals> bytes{};
    while (count > 0) {
      pollfd readable{pipe_.read_end.get(), POLLIN, 0};
      if (poll(&readable, 1, 20'000) != 1) throw std::runtime_error(std::to_string(count) + " signals lost");
      const ssize_t size = read(readable.fd, bytes.data(), static_cast<std::size_t>(count));
      if (size <= 0) throw std::runtime_error("PROGRAM is gone");
      count -= static_cast<int>(size);
    }
  }

  Endpoint endpoint_;
  support::Pipe pipe_;
  Container container_;
};

}  // namespace

void soak() {
  Life life;
  const auto start = std::chrono::steady_clock::now();
  const auto round_trip = [&] {
    life.send_signals();
    life.make_orphans();
    life.probe_it();
  };
  round_trip();  // the first one touches what is touched at all
  const State before = life.state();
  std::cout << "at the start: " << before << std::endl;
  int round = 1;
  while (round < rounds || std::chrono::steady_clock::now() - start < at_least) {
    round_trip();
    if (++round % 100 == 0) std::cout << round << " rounds: " << life.state() << std::endl;
  }
  const State after = life.state();
  if (!(after == before)) throw std::runtime_error("init has changed");
  life.stop();
  const auto taken = std::chrono::steady_clock::now() - start;
  std::cout << static_cast<long>(round) * orphans << " orphans reaped, " << static_cast<long>(round) * signals
            << " signals forwarded, " << static_cast<long>(round) * probes_in_round << " probes healthy in "
            << std::chrono::duration_cast<std::chrono::seconds>(taken).count()
            << " s: nothing lost, nothing grown." << std::endl;
}

}  // namespace bench

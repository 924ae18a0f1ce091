// Measures the cost of an init. For whole runs it runs `nothing`, and subtracts the cost of `nothing` by
// itself.
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <list>
#include <memory>
#include <stdexcept>
#include <thread>

#include "counts.hpp"
#include "figures.hpp"
#include "harness/container.hpp"
#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "harness/programs.hpp"
#include "subjects.hpp"

namespace bench {
namespace {

using harness::Container;

// An init with `receiver` under it, as PID 1 or not.
class Receiving {
 public:
  explicit Receiving(const Words& command) : pipe_{harness::make_pipe()} {
    harness::Options options;
    options.output_descriptor = pipe_.write_end.get();
    process_ = std::make_unique<harness::Process>(command, options);
    take();
  }
  Receiving(const Words& command, const harness::ContainerOptions& place) : pipe_{harness::make_pipe()} {
    harness::ContainerOptions options = place;
    options.process.output_descriptor = pipe_.write_end.get();
    container_ = std::make_unique<Container>(command, options);
    take();
  }

  pid_t pid() const { return container_ ? container_->pid() : process_->pid(); }

  // SIGWINCH is ignored by default, so it can go to a whole group.
  double round_trip() {
    const std::int64_t start = nanoseconds_now();
    kill(pid(), SIGWINCH);
    take();
    return microseconds_since(start);
  }

 private:
  void take() {
    char byte = 0;
    pollfd readable{pipe_.read_end.get(), POLLIN, 0};
    if (poll(&readable, 1, 120'000) != 1 || read(readable.fd, &byte, 1) != 1) {
      throw std::runtime_error("timed out waiting for a signal");
    }
  }

  harness::Pipe pipe_;
  std::unique_ptr<harness::Process> process_;
  std::unique_ptr<Container> container_;
};

Row row_of(const char* name, int decimals, double (*value)(const Subject&)) {
  Row row{name, decimals};
  for (const Subject& subject : inits()) row.cells.emplace_back(exactly(value(subject)));
  return row;
}

Calls calls_added(const Subject& subject) {
  const Words nothing{made_here("nothing")};
  Calls calls = system_calls_of(under(subject, nothing));
  calls.all -= system_calls_of(nothing).all;
  return calls;
}

double faults_added(const Subject& subject) {
  const Words nothing{made_here("nothing")};
  std::vector<double> added;
  for (int run = 0; run < 11; ++run) {
    added.push_back(static_cast<double>(run_once(under(subject, nothing)).faults - run_once(nothing).faults));
  }
  return summary_of(std::move(added)).median;
}

void add_counts(Table& table) {
  table.rows.push_back(row_of(figure::bytes, 0, [](const Subject& subject) {
    return static_cast<double>(std::filesystem::file_size(subject.path));
  }));
  table.rows.push_back(
      row_of(figure::loaded, 0, [](const Subject& subject) { return bytes_loaded_by(subject.path); }));
  std::vector<Calls> calls;
  for (const Subject& subject : inits()) calls.push_back(calls_added(subject));
  add_calls(table, calls);
  table.rows.push_back(row_of(figure::faults, 0, faults_added));
  table.rows.push_back(row_of(figure::instructions, 1, [](const Subject& subject) {
    return instructions_of(under(subject, {made_here("nothing")})) / 1000;
  }));
}

void add_start_up(Table& table, int runs, const char* figure) {
  const Words nothing{made_here("nothing")};
  std::vector<Words> commands{nothing};
  for (const Subject& subject : inits()) commands.push_back(under(subject, nothing));
  const std::vector<Summary> taken = interleaved(runs, commands);
  Row row{figure, 0};
  for (std::size_t which = 1; which < taken.size(); ++which) {
    const double floor = taken[0].median;
    row.cells.emplace_back(
        Summary{taken[which].median - floor, taken[which].low - floor, taken[which].high - floor});
  }
  table.rows.push_back(std::move(row));
}

// Adds a row that has no value for the smallest start.
void add_row(Table& table, Row row) {
  row.cells.resize(table.subjects.size());
  table.rows.push_back(std::move(row));
}

// While it waits: memory, wake-ups and the latency of a signal, all of them side by side.
void add_waiting(Table& table, int runs) {
  std::list<Receiving> waiting;
  for (const Subject& subject : forwarding_inits())
    waiting.emplace_back(under(subject, {made_here("receiver")}));
  Row latency{figure::latency, 1}, resident{figure::resident}, written{figure::written};
  Row wake_ups{figure::wake_ups};
  std::vector<std::vector<double>> taken(waiting.size());
  for (int round = 0; round < 10 * runs; ++round) {
    std::size_t which = 0;
    for (Receiving& one : waiting) taken[which++].push_back(one.round_trip());
  }
  for (std::vector<double>& values : taken) latency.cells.emplace_back(summary_of(std::move(values)));
  std::vector<long> before;
  for (const Receiving& one : waiting) {
    const harness::Memory memory = harness::memory_of(one.pid());
    resident.cells.emplace_back(exactly(static_cast<double>(memory.resident)));
    written.cells.emplace_back(exactly(static_cast<double>(memory.private_dirty)));
    before.push_back(harness::voluntary_switches_of(one.pid()));
  }
  std::this_thread::sleep_for(std::chrono::seconds{10});  // the time is the subject here
  std::size_t which = 0;
  for (const Receiving& one : waiting) {
    const long woken = harness::voluntary_switches_of(one.pid()) - before[which++];
    wake_ups.cells.emplace_back(exactly(static_cast<double>(woken)));
  }
  for (Row* row : {&resident, &written, &wake_ups, &latency}) add_row(table, std::move(*row));
}

double processor_milliseconds_of(pid_t pid) {
  return std::stod(harness::read_file("/proc/" + std::to_string(pid) + "/schedstat")) / 1e6;
}

void add_storm(Table& table) {
  std::vector<std::vector<double>> taken(forwarding_inits().size());
  for (int round = 0; round < 5; ++round) {
    for (std::size_t which = 0; which < forwarding_inits().size(); ++which) {
      Container container{under(forwarding_inits()[which], {harness::testprog(), "orphans", "10000"}), {}};
      container.init().wait_for_line("ready", harness::Stream::out, std::chrono::minutes{2});
      harness::eventually("all orphans are reaped", [&] { return container.members().size() == 2; });
      taken[which].push_back(processor_milliseconds_of(container.pid()));
    }
  }
  Row row{figure::storm, 1};
  for (std::vector<double>& values : taken) row.cells.emplace_back(summary_of(std::move(values)));
  add_row(table, std::move(row));
}

void add_growth(Table& table) {
  for (const int count : {1, 10, 100, 1000, 10'000}) {
    Row row{"the same as PID 1 among " + number(count, 0) + " processes, µs", 1};
    for (const Subject& subject : forwarding_inits()) {
      Receiving one{under(subject, {made_here("receiver"), std::to_string(count)}), {}};
      std::vector<double> taken;
      for (int round = 0; round < 200; ++round) taken.push_back(one.round_trip());
      row.cells.emplace_back(summary_of(std::move(taken)));
    }
    add_row(table, std::move(row));
  }
}

}  // namespace

Table measure_inits(const Effort& effort) {
  Table table{names_of(inits())};
  add_counts(table);
  if (effort.kind == Kind::counts) return table;
  add_start_up(table, effort.runs, figure::start_up);
  {
    const OnOneProcessor alone;
    add_start_up(table, effort.runs, figure::start_up_on_one);
  }
  add_waiting(table, effort.runs);
  add_growth(table);
  add_storm(table);
  return table;
}

}  // namespace bench

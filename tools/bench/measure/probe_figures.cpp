// Measures the cost of a probe as a whole process.
#include <filesystem>

#include "counts.hpp"
#include "figures.hpp"
#include "subjects.hpp"

namespace bench {
namespace {

struct Way {
  const char* figure;
  Route route;
};
constexpr Way ways[] = {{figure::http, Route::ipv4},
                        {"HTTP over IPv6, µs", Route::ipv6},
                        {"HTTP over a Unix socket, µs", Route::unix_socket},
                        {"gRPC health, µs", Route::grpc}};

using Commands = std::vector<Words>;

template <typename Value>
Row row_of(const char* name, int decimals, const Commands& commands, Value value) {
  Row row{name, decimals};
  for (const Words& command : commands) row.cells.emplace_back(exactly(value(command)));
  return row;
}

void add_counts(Table& table, const Commands& commands) {
  table.rows.push_back(row_of(figure::bytes, 0, commands, [](const Words& words) {
    return static_cast<double>(std::filesystem::file_size(words[0]));
  }));
  table.rows.push_back(
      row_of(figure::loaded, 0, commands, [](const Words& words) { return bytes_loaded_by(words[0]); }));
  std::vector<Calls> calls;
  for (const Words& command : commands) calls.push_back(system_calls_of(command));
  add_calls(table, calls);
  table.rows.push_back(row_of(figure::faults, 0, commands, [](const Words& words) {
    std::vector<double> faults;
    for (int run = 0; run < 11; ++run) faults.push_back(static_cast<double>(run_once(words).faults));
    return summary_of(std::move(faults)).median;
  }));
  table.rows.push_back(row_of(figure::instructions, 1, commands,
                              [](const Words& words) { return instructions_of(words) / 1000; }));
  // The kernel starts each stack at a random place in its page, so a run may need one page more than another.
  table.rows.push_back(row_of(figure::peak, 0, commands, [](const Words& words) {
    std::vector<double> peaks;
    for (int run = 0; run < 51; ++run) peaks.push_back(peak_kilobytes_of(words));
    return summary_of(std::move(peaks)).median;
  }));
}

struct Load {
  Route route;
  long bytes;  // in the answer
  int runs;
  double unit;  // of the row, in microseconds
};

Row timed(Row row, const Endpoint& endpoint, const Load& load) {
  std::vector<Words> commands;
  for (const Subject& subject : probes()) {
    Words words = probe(subject, load.route, endpoint, load.bytes);
    if (!words.empty()) commands.push_back(std::move(words));
  }
  const std::vector<Summary> taken = interleaved(load.runs, commands);
  std::size_t next = 0;
  for (const Subject& subject : probes()) {
    if (probe(subject, load.route, endpoint, load.bytes).empty()) {
      row.cells.emplace_back();
      continue;
    }
    const Summary& one = taken[next++];
    row.cells.emplace_back(Summary{one.median / load.unit, one.low / load.unit, one.high / load.unit});
  }
  return row;
}

}  // namespace

Table measure_probes(const Effort& effort, const Endpoint& endpoint) {
  Table table{names_of(probes())};
  Commands commands;
  for (const Subject& subject : probes()) commands.push_back(probe(subject, Route::ipv4, endpoint));
  add_counts(table, commands);
  if (effort.kind == Kind::counts) return table;
  for (const Way& way : ways) {
    table.rows.push_back(timed({way.figure}, endpoint, {way.route, 100, effort.runs, 1}));
  }
  for (const long bytes : {100L, 10'000L, 1'000'000L, 100'000'000L}) {
    const std::string name = "HTTP, " + number(static_cast<double>(bytes), 0) + " bytes in the answer, ms";
    table.rows.push_back(timed({name, 2}, endpoint, {Route::ipv4, bytes, effort.runs / 5, 1000}));
  }
  return table;
}

Table measure_secure_probes(const Effort& effort, const SecureEndpoint& endpoint) {
  Table table{names_of(secure_probes())};
  Commands commands;
  for (const Subject& subject : secure_probes()) commands.push_back(secure_probe(subject, endpoint));
  add_counts(table, commands);
  if (effort.kind == Kind::counts) return table;
  Row row{figure::https};
  for (const Summary& taken : interleaved(effort.runs, commands)) row.cells.emplace_back(taken);
  table.rows.push_back(std::move(row));
  return table;
}

}  // namespace bench

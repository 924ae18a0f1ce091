#include "budgets.hpp"

#include <algorithm>

namespace bench {
namespace {

double fastest_peer(const Table& table, const char* name) {
  const Row& row = table.row(name);
  double fastest = row.cells.at(1).value().median;
  // The peers are between our program and the floor.
  for (std::size_t which = 2; which + 1 < row.cells.size(); ++which) {
    fastest = std::min(fastest, row.cells.at(which).value().median);
  }
  return fastest;
}

}  // namespace

std::vector<Budget> budgets(const Table& inits, const Table& probes, Kind kind) {
  const auto of_init = [&](const char* name) { return inits.value(name, "init"); };
  const auto of_probe = [&](const char* name) { return probes.value(name, "healthcheck"); };
  std::vector<Budget> all{
      {"`init`, bytes", 0, 24'576, 20'480, of_init(figure::bytes)},
      {"`healthcheck`, bytes", 0, 34'816, 30'720, of_probe(figure::bytes)},
      {"`init`, system calls", 0, 20, 14, of_init(figure::own_calls)},
      {"`healthcheck`, system calls of an HTTP probe", 0, 11, 9, of_probe(figure::own_calls)},
      {"`healthcheck`, peak resident, kB", 0, 64, 48, of_probe(figure::peak)},
  };
  if (kind == Kind::counts) return all;
  const std::vector<Budget> timed{
      {"`init`, resident while waiting, kB", 0, 48, 36, of_init(figure::resident)},
      {"`init`, wake-ups while idle", 0, 0, 0, of_init(figure::wake_ups)},
      {"start-up that `init` adds, against the fastest peer", 2, 0.35, 0.2,
       of_init(figure::start_up) / fastest_peer(inits, figure::start_up)},
      {"HTTP probe, whole process, against curl", 3, 0.08, 0.05,
       of_probe(figure::http) / probes.value(figure::http, "curl")},
  };
  all.insert(all.end(), timed.begin(), timed.end());
  return all;
}

std::string markdown_of(const std::vector<Budget>& budgets) {
  std::string text = "| budget | measured | must | aim | |\n|---|---|---|---|---|\n";
  for (const Budget& budget : budgets) {
    const char* verdict = budget.measured <= budget.aim    ? "aim met"
                          : budget.measured <= budget.must ? "kept"
                                                           : "**missed**";
    text += "| " + budget.figure + " | " + number(budget.measured, budget.decimals) + " | " +
            number(budget.must, budget.must < 1 ? 2 : 0) + " | " +
            number(budget.aim, budget.must < 1 ? 2 : 0) + " | " + verdict + " |\n";
  }
  return text;
}

bool all_kept(const std::vector<Budget>& budgets) {
  return std::ranges::all_of(budgets, [](const Budget& budget) { return budget.measured <= budget.must; });
}

}  // namespace bench

#include "budgets.hpp"

#include <algorithm>
#include <limits>

#include "measure/subjects.hpp"

namespace bench {
namespace {

double fastest_peer(const Table& table, const char* name) {
  double fastest = std::numeric_limits<double>::infinity();
  for (const Subject& subject : inits()) {
    if (!subject.package.empty()) fastest = std::min(fastest, table.value(name, subject.name));
  }
  return fastest;
}

// Ratios have decimals; bytes and counts have none.
int limit_decimals(const Budget& budget) { return budget.decimals == 0 ? 0 : 2; }

}  // namespace

std::vector<Budget> budgets(const Figures& figures, Kind kind) {
  const auto& [inits, probes, secure_probes] = figures;
  const auto of_init = [&](const char* name) { return inits.value(name, "init"); };
  const auto of_probe = [&](const char* name) { return probes.value(name, "healthcheck"); };
  const auto of_secure = [&](const char* name) { return secure_probes.value(name, "healthcheck-tls"); };
  std::vector<Budget> all{
      {"`init`, bytes", 0, 24'576, 20'480, of_init(figure::bytes)},
      {"`healthcheck`, bytes", 0, 34'816, 30'720, of_probe(figure::bytes)},
      {"`healthcheck-tls`, bytes", 0, 57'344, 49'152, of_secure(figure::bytes)},
      {"`init`, system calls", 0, 20, 14, of_init(figure::own_calls)},
      {"`healthcheck`, system calls of an HTTP probe", 0, 11, 9, of_probe(figure::own_calls)},
      {"`healthcheck`, peak resident, kB", 0, 64, 48, of_probe(figure::peak)},
      {"`healthcheck-tls`, peak resident, kB", 0, 128, 96, of_secure(figure::peak)},
  };
  if (kind == Kind::counts) return all;
  const std::vector<Budget> timed{
      {"`init`, resident while waiting, kB", 0, 48, 36, of_init(figure::resident)},
      {"`init`, wake-ups while idle", 0, 0, 0, of_init(figure::wake_ups)},
      {"start-up that `init` adds, against the smallest start", 2, 1.25, 1.05,
       of_init(figure::start_up) / inits.value(figure::start_up, smallest_start)},
      {"the same on one processor, against the fastest peer", 2, 0.35, 0.3,
       of_init(figure::start_up_on_one) / fastest_peer(inits, figure::start_up_on_one)},
      {"HTTP probe, whole process, against curl", 3, 0.08, 0.05,
       of_probe(figure::http) / probes.value(figure::http, "curl")},
      {"HTTP probe, whole process, against the plainest GET", 2, 1.4, 1.2,
       of_probe(figure::http) / probes.value(figure::http, "plainest GET")},
      {"HTTPS probe, whole process, against curl -k", 2, 0.15, 0.1,
       of_secure(figure::https) / secure_probes.value(figure::https, "curl -k")},
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
            number(budget.must, limit_decimals(budget)) + " | " + number(budget.aim, limit_decimals(budget)) +
            " | " + verdict + " |\n";
  }
  return text;
}

bool all_kept(const std::vector<Budget>& budgets) {
  return std::ranges::all_of(budgets, [](const Budget& budget) { return budget.measured <= budget.must; });
}

}  // namespace bench

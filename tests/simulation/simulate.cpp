// Runs init, from main() to its exit status, on the simulated kernel: once for each seed.
//
//     simulate [--from=SEED] [--seeds=COUNT] [--seconds=LIMIT] [--list=FILE] [--trace]
//
// Prints the first seed that breaks a rule, and exits with 1. A list has a seed a line, and a remark.
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "simulation/rules.hpp"
#include "simulation/trace.hpp"

// main() of init, which the build renames.
int init_main(int count, char** arguments, char** environment);

namespace simulation {
namespace {

struct Span {
  std::uint64_t from = 1, count = 100'000;
  std::int64_t seconds = 0;  // 0: no limit
  std::string list;
};

std::optional<Violation> run(std::uint64_t seed) {
  Random random{seed};
  Settings settings{random};
  Rules watched;
  rules = &watched;
  Kernel simulated{settings, random};
  kernel = &simulated;
  char nothing[] = "HOME=/";
  char* environment[] = {nothing, nullptr};
  try {
    int status = init_main(1, settings.arguments(), environment);
    watched.exits(status);
  } catch (const Violation& violation) {
    return violation;
  }
  return {};
}

void report(std::uint64_t seed, const Violation& violation) {
  Random random{seed};
  Settings settings{random};
  std::printf("seed %llu: %s (%lld)\n ", static_cast<unsigned long long>(seed), violation.rule,
              static_cast<long long>(violation.detail));
  for (char** argument = settings.arguments(); *argument != nullptr; ++argument)
    std::printf(" %s", *argument);
  std::printf("\n  %s, pidfd %d, /proc %d, __WALL %d, close_range %d, clock %d, interrupts %d, terminal %d\n",
              settings.first_process ? "PID 1" : "not PID 1", static_cast<int>(settings.pidfd),
              static_cast<int>(settings.proc), settings.waitid_takes_wall, settings.has_close_range,
              settings.has_clock, settings.interrupts, settings.terminal);
}

bool passes(std::uint64_t seed) {
  auto violation = run(seed);
  if (violation) report(seed, *violation);
  return !violation;
}

int replay(const std::string& path) {
  std::ifstream list{path};
  int failed = 0, replayed = 0;
  for (std::string line; std::getline(list, line);) {
    std::uint64_t seed = 0;
    if (!(std::istringstream{line} >> seed)) continue;
    if (!passes(seed)) ++failed;
    ++replayed;
  }
  std::printf("%d seeds of the list replayed, %d failed\n", replayed, failed);
  return failed == 0 && replayed > 0 ? 0 : 1;
}

int explore(const Span& span) {
  using Clock = std::chrono::steady_clock;
  auto start = Clock::now();
  auto elapsed = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  std::uint64_t done = 0;
  for (; span.seconds != 0 || done < span.count; ++done) {
    if (!passes(span.from + done)) return 1;
    if (span.seconds != 0 && done % 1024 == 0 && elapsed() >= static_cast<double>(span.seconds)) break;
  }
  std::printf("%llu runs, %.0f a second\n", static_cast<unsigned long long>(done),
              static_cast<double>(done) / elapsed());
  return 0;
}

template <class Number>
bool read_number(std::string_view argument, std::string_view name, Number& number) {
  if (!argument.starts_with(name)) return false;
  const char* end = argument.data() + argument.size();
  return std::from_chars(argument.data() + name.size(), end, number).ptr == end;
}

}  // namespace
}  // namespace simulation

int main(int count, char** arguments) {
  simulation::Span span;
  for (int i = 1; i < count; ++i) {
    std::string_view argument = arguments[i];
    if (argument == "--trace") {
      simulation::tracing = true;
      continue;
    }
    if (argument.starts_with("--list=")) {
      span.list = argument.substr(argument.find('=') + 1);
      continue;
    }
    if (simulation::read_number(argument, "--from=", span.from) ||
        simulation::read_number(argument, "--seeds=", span.count) ||
        simulation::read_number(argument, "--seconds=", span.seconds))
      continue;
    std::fprintf(stderr, "simulate: unknown argument %s\n", arguments[i]);
    return 2;
  }
  return span.list.empty() ? simulation::explore(span) : simulation::replay(span.list);
}

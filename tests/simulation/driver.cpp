// Runs a simulation, once for each seed.
//
//     simulate [--from=SEED] [--seeds=COUNT] [--seed=SEED] [--seconds=LIMIT] [--list=FILE] [--trace]
//
// Prints the first seed that breaks a rule, and exits with 1. A list has a seed a line, and a remark.
#include "simulation/driver.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "simulation/trace.hpp"

namespace simulation {
namespace {

struct Span {
  std::uint64_t from = 1, count = 100'000;
  std::int64_t seconds = 0;  // 0: no limit
  std::string list;
};

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

void print_violation(std::uint64_t seed, const Violation& violation, char** arguments) {
  std::printf("seed %llu: %s (%lld)\n ", static_cast<unsigned long long>(seed), violation.rule,
              static_cast<long long>(violation.detail));
  for (; *arguments != nullptr; ++arguments) std::printf(" '%s'", *arguments);
  std::printf("\n");
}

}  // namespace simulation

int main(int count, char** arguments) {
  simulation::Span span;
  for (int i = 1; i < count; ++i) {
    std::string_view argument = arguments[i];
    if (argument == "--trace") {
      simulation::tracing = true;
      continue;
    }
    if (simulation::read_number(argument, "--seed=", span.from)) {
      span.count = 1;
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

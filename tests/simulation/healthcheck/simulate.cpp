// Runs healthcheck, from main() to its exit status, on a simulated machine: once for each seed.
#include <setjmp.h>

#include <cstdint>
#include <cstdio>
#include <optional>

#include "simulation/driver.hpp"
#include "simulation/healthcheck/world.hpp"

// main() of healthcheck, which the build renames.
int healthcheck_main(int count, char** arguments, char** environment);

namespace simulation {
namespace {

// The way out of a call in which the run ends. The program has no heap, and its destructors only close what
// the model has opened, so nothing is lost if they do not run; an exception could not pass through them.
jmp_buf way_out;
Exit reason;
int exit_status;
Violation broken;

// Returns how the program ended.
Exit run_program(Settings& settings) {
  if (setjmp(way_out) != 0) return reason;
  exit_status = healthcheck_main(1, settings.arguments(), settings.environment());
  return Exit::Status;
}

std::optional<Violation> run(std::uint64_t seed) {
  Random random{seed}, more{~seed};
  Settings settings{random, more};
  World machine{settings, random};
  world = &machine;
  Exit ended = run_program(settings);
  if (ended == Exit::Broken) return broken;
  if (ended == Exit::Unclear) return {};
  // SIGTERM has ended it.
  if (ended == Exit::Killed || machine.was_asked_to_end) {
    if (ended == Exit::Status && exit_status != 1)
      return Violation{"a wrong status after SIGTERM", exit_status};
    return {};
  }
  if (setjmp(way_out) != 0) return broken;
  machine.exits(exit_status);
  return {};
}

void report(std::uint64_t seed, const Violation& violation) {
  Random random{seed}, more{~seed};
  Settings settings{random, more};
  print_violation(seed, violation, settings.arguments());
  std::printf(" ");
  for (char** variable = settings.environment(); *variable != nullptr; ++variable)
    std::printf(" %s", *variable);
  std::printf("\n  %s, clock %d, IPv6 %d, busy %d, faults %d, pidfd %d, /proc %d, standard error %d\n",
              settings.first_process ? "PID 1" : "not PID 1", settings.has_clock, settings.has_ipv6,
              settings.is_busy, settings.has_faults, settings.has_pidfd, settings.has_proc,
              static_cast<int>(settings.standard_error));
}

}  // namespace

void break_rule(const char* rule, std::int64_t detail) {
  broken = {rule, detail};
  leave(Exit::Broken, 0);
}

void leave(Exit exit, int status) {
  reason = exit;
  exit_status = status;
  longjmp(way_out, 1);
}

bool passes(std::uint64_t seed) {
  auto violation = run(seed);
  if (violation) report(seed, *violation);
  return !violation;
}

}  // namespace simulation

// Runs init, from main() to its exit status, on the simulated kernel: once for each seed.
#include <cstdint>
#include <cstdio>
#include <optional>

#include "simulation/driver.hpp"
#include "simulation/rules.hpp"
#include "simulation/trace.hpp"

// main() of init, which the build renames.
int init_main(int count, char** arguments, char** environment);

namespace simulation {
namespace {

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
  print_violation(seed, violation, settings.arguments());
  std::printf("  %s, pidfd %d, /proc %d, __WALL %d, close_range %d, clock %d, interrupts %d, terminal %d\n",
              settings.first_process ? "PID 1" : "not PID 1", static_cast<int>(settings.pidfd),
              static_cast<int>(settings.proc), settings.waitid_takes_wall, settings.has_close_range,
              settings.has_clock, settings.interrupts, settings.terminal);
}

}  // namespace

Time simulated_time() { return kernel->now; }

bool passes(std::uint64_t seed) {
  auto violation = run(seed);
  if (violation) report(seed, *violation);
  return !violation;
}

}  // namespace simulation

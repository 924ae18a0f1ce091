// Tests who reaps processes whose parents ended first.
#include <gtest/gtest.h>

#include <algorithm>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"

namespace engine {
namespace {

constexpr int orphans = 20;

long zombies_below(pid_t init) {
  const std::vector<pid_t> children = harness::children_of(init);
  return std::count_if(children.begin(), children.end(),
                       [](pid_t pid) { return harness::state_of(pid) == 'Z'; });
}

void leave_orphans(const Container& service) {
  service.wait_for_log("started as pid");
  service.post("/orphans?count=" + std::to_string(orphans));
  service.wait_for_log("adopted by pid 1", orphans);
}

TEST(Orphans, AreReaped) {
  const Container service{the_engine(), example_image};
  leave_orphans(service);
  const pid_t init = service.init_pid();
  harness::eventually("init has one child, the service",
                      [&] { return harness::children_of(init).size() == 1; });
  EXPECT_EQ(zombies_below(init), 0);
}

TEST(Orphans, StayZombiesWithoutInit) {
  // Negative control: the same service as PID 1, which waits only for its own children.
  const Container service{the_engine(), example_image, {.options = {"--entrypoint=/service"}}};
  leave_orphans(service);
  const pid_t init = service.init_pid();
  harness::eventually("all orphans are zombies", [&] { return zombies_below(init) == orphans; });
}

}  // namespace
}  // namespace engine

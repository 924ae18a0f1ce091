// The loop on a scripted system: what arrives, and the programs that it starts with.
#pragma once

#include <gtest/gtest.h>

#include "fake/fake_system.hpp"
#include "init/loop.hpp"

namespace init {
using Calls = std::vector<std::string>;
using base::seconds;
using fake::Arrival;

constexpr int exited(int status) { return status << 8; }

class ScriptedLoop : public testing::Test {
 protected:
  ScriptedLoop() {
    fake::system = {};
    fake::system.alive = {{7, 0}};
  }

  // Runs until the loop ends, with these programs started.
  int run(std::vector<sys::ProcessId> programs = {7}) {
    Inherited inherited;
    inherited.self = fake::system.self;
    Terminal terminal;
    if (!config_.session) terminal.open();
    Loop loop{config_, inherited, terminal, static_cast<int>(programs.size())};
    if (config_.policy.parent_death_signal != 0) loop.watch_parent(fake::system.self == 1 ? 0 : 100);
    for (sys::ProcessId program : programs) loop.add(Spawned{program});
    return loop.run();
  }

  void arrive(const Arrival& arrival) { fake::system.arrivals.push_back(arrival); }
  void end(sys::ProcessId process, int status) { arrive({.ended = {{process, status}}}); }

  Config config_;
};

}  // namespace init

// Targets, plans and scripted services for the tests of the acting files.
#pragma once

#include <gtest/gtest.h>

#include "fake/fake_network.hpp"
#include "healthcheck/probe/probe.hpp"
#include "healthcheck/target/target_list.hpp"

namespace healthcheck {

using base::milliseconds;
using base::seconds;
using Calls = std::vector<std::string>;

// The service that http://127.0.0.1 reaches, and the answer of a healthy one.
inline const std::string local = "127.0.0.1:80";
inline const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

class Scripted : public testing::Test {
 protected:
  Scripted() { fake::network = {}; }

  struct Verdict {
    Health health;
    std::string message;
  };

  // Probes the target once, with this time limit.
  Verdict probe(std::string_view text, Duration limit = seconds(3)) {
    Target target;
    EXPECT_EQ(read_target(plan, expansion, text, target), nullptr) << text;
    const Health health = prober.probe(target, {clock.last() + limit, limit});
    EXPECT_FALSE(fake::network.is_open) << text;
    return {health, std::string{prober.message()}};
  }
  std::string message_for(std::string_view text, Duration limit = seconds(3)) {
    const Verdict verdict = probe(text, limit);
    return (verdict.health == Health::Healthy ? "healthy: " : "") + verdict.message;
  }
  fake::Service& service(const std::string& name) { return fake::network.services[name]; }

  char* environment[1] = {nullptr};
  base::Arena arena;
  Expansion expansion{environment, arena};
  Plan plan;
  Prober prober{plan, arena, {}};
  Clock& clock = prober.clock();
};

}  // namespace healthcheck

// Probing: runs the shipped healthcheck once.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "harness/measure/yardstick.hpp"
#include "harness/process.hpp"
#include "harness/programs.hpp"
#include "harness/server.hpp"

namespace healthcheck_test {

using namespace std::chrono_literals;
using harness::Connection;
using harness::Listener;
using harness::Outcome;
using harness::Server;
using Words = std::vector<std::string>;

// Its environment contains only these variables, and time enough for any answer (harness::unhurried).
Outcome probe(const Words& arguments, const Words& environment = {});

// The time that it may take beyond its deadline, on this machine as it is now.
inline std::chrono::milliseconds slack() { return harness::allowance(200ms); }

// A script that answers any request with these bytes and then waits for the probe to end.
Server::Script answering(std::string response);

// Healthy: exit status 0 and no output. Unhealthy: exit status 1, nothing on standard output, and one message
// that contains all of `words`.
void expect_healthy(const Outcome& outcome);
void expect_unhealthy(const Outcome& outcome, const std::string& words);

}  // namespace healthcheck_test

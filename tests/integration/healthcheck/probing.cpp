#include "probing.hpp"

#include <algorithm>

namespace healthcheck_test {

Outcome probe(const Words& arguments, const Words& environment) {
  Words all{harness::shipped("healthcheck")};
  all.insert(all.end(), arguments.begin(), arguments.end());
  Words variables{harness::unhurried};
  variables.insert(variables.end(), environment.begin(), environment.end());
  return harness::run(all, {.environment = variables, .base = harness::Environment::empty});
}

Server::Script answering(std::string response) {
  return [response = std::move(response)](Connection& connection) {
    connection.read_until("\r\n\r\n");
    connection.write(response);
    connection.read_to_end();
  };
}

void expect_healthy(const Outcome& outcome) {
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.signal, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "");
}

void expect_unhealthy(const Outcome& outcome, const std::string& words) {
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.signal, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(outcome.err.starts_with("healthcheck: ")) << outcome.err;
  EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err << "lacks: " << words;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_LE(outcome.err.size(), 500U);
}

}  // namespace healthcheck_test

// Servers that misbehave: their scripts, and the verdict on each.
#pragma once

#include <functional>
#include <span>

#include "probing.hpp"

namespace healthcheck_test {

inline constexpr auto timeout = 400ms;
inline constexpr const char* timeout_option = "--timeout=400ms";

// A server that misbehaves, and the verdict on it.
struct Case {
  // A server that answers gets the time that this machine needs for its answer; one that does not is probed
  // for exactly this long.
  std::string timeout_for_row() const {
    const bool runs_out = words != nullptr && std::string_view{words}.contains("within 400ms");
    if (runs_out) return timeout_option;
    return "--timeout=" + std::to_string(harness::allowance(timeout).count()) + "ms";
  }

  const char* what;
  Server::Script script;
  const char* words;  // nullptr means healthy
  std::chrono::milliseconds within = timeout;
};

inline void stream_for_ever(Connection& connection) {
  const std::string block(4096, 'x');
  for (;;) connection.write(block);
}

inline Server::Script after_request(std::function<void(Connection&)> rest) {
  return [rest](Connection& connection) {
    connection.read_until("\r\n\r\n");
    rest(connection);
  };
}

inline Server::Script answer_and_close(std::string text) {
  return after_request([text](Connection& connection) { connection.write(text); });
}

inline Server::Script answer_and_hold(std::string text) {
  return after_request([text](Connection& connection) {
    connection.write(text);
    connection.hold();
  });
}

inline Server::Script answer_and_stream(std::string text) {
  return after_request([text](Connection& connection) {
    connection.write(text);
    stream_for_ever(connection);
  });
}

inline Server::Script dripping(std::string text) {
  return after_request([text](Connection& connection) { connection.drip(text, 40ms); });
}

inline const std::string ok = "HTTP/1.1 200 OK\r\n";

// Probes each server, with these options: the verdict and the message must be right, and come in time.
inline void expect_verdicts(std::span<const Case> cases, const Words& options = {}) {
  for (const Case& row : cases) {
    SCOPED_TRACE(row.what);
    Server server{Listener::ipv4(), row.script};
    Words arguments{row.timeout_for_row()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.push_back(server.url());
    Outcome outcome = probe(arguments);
    if (row.words == nullptr)
      expect_healthy(outcome);
    else
      expect_unhealthy(outcome, row.words);
    EXPECT_LE(outcome.elapsed, row.within + slack());
  }
}

}  // namespace healthcheck_test

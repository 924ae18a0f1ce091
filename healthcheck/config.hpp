// The state of option parsing: the plan so far, and what else the command line asked for.
#pragma once

#include <cstdint>

#include "base/options.hpp"
#include "healthcheck/target/expansion.hpp"
#include "healthcheck/target/plan.hpp"
#include "healthcheck/target/target.hpp"

namespace healthcheck {

enum class Request : std::uint8_t { Probe, Help, Version };
// Hidden: a value that may hold a secret. No message quotes it.
enum class Display : std::uint8_t { Shown, Hidden };

struct Config : Plan {
  explicit Config(Expansion& expander) : expansion(expander) {}

  Expansion& expansion;
  Display display = Display::Shown;  // of the option that was read last
  Request request = Request::Probe;
  bool finished = false;  // --help or --version was seen
};

extern const base::OptionTable option_table;

// Finds an option that none of these targets can use. `given` has one bit for each row that the command line
// set (OptionParser::given()). Returns its row, or the number of rows if there is none.
std::size_t find_unused_option(std::uint64_t given, Schemes schemes);

}  // namespace healthcheck

// The state of option parsing: the plan so far, and what else the command line asked for.
#pragma once

#include <cstdint>

#include "base/options.hpp"
#include "healthcheck/target/expansion.hpp"
#include "healthcheck/target/plan.hpp"

namespace healthcheck {

enum class Request : std::uint8_t { Probe, Help, Version };

struct Config : Plan {
  explicit Config(Expansion& expander) : expansion(expander) {}

  Expansion& expansion;
  bool hides_value = false;  // the current option may hold a secret: do not quote its value
  Request request = Request::Probe;
  bool finished = false;  // --help or --version was seen
};

extern const base::OptionTable option_table;

}  // namespace healthcheck

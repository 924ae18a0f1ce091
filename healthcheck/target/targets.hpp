// The targets of one run, one after the other.
#pragma once

#include "healthcheck/config.hpp"
#include "healthcheck/target/target.hpp"

namespace healthcheck {

class Targets {
 public:
  // The operands; where there are none, the words of the variable's text.
  Targets(char** operands, std::string_view words) : operands_(operands), words_(words) {}

  // False: there are no more.
  bool next(std::string_view& text);

 private:
  char** operands_;
  std::string_view words_;
};

// Expands and parses one. `text` becomes what is shown of it.
base::Problem read_target(const Config& config, std::string_view& text, Target& target);

}  // namespace healthcheck

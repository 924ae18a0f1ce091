// The targets of one run, one after the other.
#pragma once

#include "healthcheck/target/expansion.hpp"
#include "healthcheck/target/plan.hpp"
#include "healthcheck/target/target.hpp"

namespace healthcheck {

class TargetList {
 public:
  // Takes the operands, or the words of `words` if there are no operands.
  TargetList(char** operands, std::string_view words) : operands_(operands), words_(words) {}

  // Returns false at the end of the list.
  bool next(std::string_view& text);

 private:
  char** operands_;
  std::string_view words_;
};

// Expands and parses one target, as the user wrote it. The target's texts live in the arena.
base::Problem read_target(const Plan& plan, Expansion& expansion, std::string_view text, Target& target);

// Returns whether --unix-socket stands for the target's address.
bool uses_unix_socket(const Plan& plan, const Target& target);
// Returns whether the target's address has to be looked up in /etc/hosts.
bool needs_hosts_file(const Plan& plan, const Target& target);

}  // namespace healthcheck

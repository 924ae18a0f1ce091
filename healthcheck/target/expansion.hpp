// Expands variables and escapes, because the exec form of a HEALTHCHECK has no shell that would.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.hpp"
#include "base/options.hpp"

namespace healthcheck {

// Returns whether the text has a variable as a shell would take it, $NAME, which expand() leaves alone.
bool has_shell_variable(std::string_view text);

// Read: expand the escapes \r, \n, \t, \0, \\ and \xHH. Keep: leave a backslash as it is.
enum class Escapes : std::uint8_t { Keep, Read };

class Expansion {
 public:
  Expansion(char** environment, base::Arena& arena) : environment_(environment), arena_(arena) {}

  // Replaces `text` by its expansion, which becomes the last text of the arena: ${NAME}, ${NAME:-default} if
  // NAME is unset or empty, and $$. The value of a variable is not expanded again, for neither $ nor
  // backslashes.
  base::Problem expand(std::string_view& text, Escapes escapes);
  // The variable whose absence was the problem of the last expand(); empty for any other problem.
  std::string_view unset_variable() const { return unset_variable_; }
  base::Arena& arena() const { return arena_; }
  // The value of an environment variable; nullptr if it is not set.
  const char* find_variable(std::string_view name) const;
  // Returns whether the text itself lies in the environment: it is a variable's value, not an argument.
  bool is_from_environment(std::string_view text) const;

 private:
  base::Problem expand_variable(std::string_view& rest);

  char** environment_;
  base::Arena& arena_;
  std::string_view unset_variable_{};
};

}  // namespace healthcheck

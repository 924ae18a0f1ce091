// What a shell would have expanded: in the exec form of a HEALTHCHECK there is none.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/options.hpp"
#include "healthcheck/protocol/buffer.hpp"

namespace healthcheck {

// Whether backslashes are read: \r \n \t \0 \\ \xHH.
enum class Escapes : std::uint8_t { Keep, Read };

class Expansion {
 public:
  explicit Expansion(char** environment) : environment_(environment) {}

  // Replaces `text` by its expansion: ${NAME}, ${NAME:-default} where NAME is unset or empty, and $$. What
  // comes out of a variable is not read again, neither for $ nor for backslashes. The text lives in the
  // buffer.
  base::Problem expand(std::string_view& text, Escapes escapes);
  // The variable that the problem of the last expand() is about; empty: the problem is another.
  std::string_view unset_variable() const { return unset_variable_; }
  // The value of an environment variable; nullptr: it is not set.
  const char* find_variable(std::string_view name) const;

 private:
  base::Problem expand_variable(std::string_view& rest);

  char** environment_;
  std::string_view unset_variable_{};
};

}  // namespace healthcheck

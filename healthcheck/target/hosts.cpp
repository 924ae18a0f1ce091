#include "healthcheck/target/hosts.hpp"

#include "base/text.hpp"

namespace healthcheck {
namespace {

// Returns whether one of the words is the name, in any case.
bool contains_name(std::string_view words, std::string_view name) {
  for (;;) {
    std::string_view word = base::take_word(words);
    if (word.empty() || base::equal_ignoring_case(word, name)) return !word.empty();
  }
}

}  // namespace

bool HostAddresses::next(Address& address) {
  while (!rest_.empty()) {
    std::string_view comment = base::take_until(rest_, '\n');
    std::string_view line = base::take_until(comment, '#');
    std::string_view literal = base::take_word(line);
    if (contains_name(line, name_) && parse_address(literal, address)) return true;
  }
  return false;
}

}  // namespace healthcheck

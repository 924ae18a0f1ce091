// Finds a text in data that arrives in pieces.
#pragma once

#include <cstddef>
#include <string_view>

namespace healthcheck {

class TextSearch {
 public:
  TextSearch() {}  // NOLINT(*-member-init,*-use-equals-default): to be assigned
  explicit TextSearch(std::string_view text) : text_(text), matched_(0) {}

  void feed(char c);
  bool found() const { return matched_ == text_.size(); }

 private:
  bool could_start_at(std::size_t skipped) const;

  std::string_view text_;
  std::size_t matched_;  // the number of the text's bytes that the data so far ends with
};

}  // namespace healthcheck

// Finds a text in data that arrives in pieces.
#pragma once

#include <cstddef>
#include <string_view>

namespace healthcheck {

class TextSearch {
 public:
  TextSearch() = default;
  explicit TextSearch(std::string_view text) : text_(text) {}

  void feed(char c);
  bool found() const { return matched_ == text_.size(); }

 private:
  bool could_start_at(std::size_t skipped) const;

  std::string_view text_{};
  std::size_t matched_ = 0;  // the number of the text's bytes that the data so far ends with
};

}  // namespace healthcheck

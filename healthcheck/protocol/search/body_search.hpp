// Looks for the texts of --body and --no-body in a body that arrives in pieces.
#pragma once

#include <array>
#include <cstdint>

#include "healthcheck/protocol/search/text_search.hpp"
#include "healthcheck/target/plan.hpp"

namespace healthcheck {

class BodySearch {
 public:
  explicit BodySearch(const BodyTexts& texts);

  void feed(char c);
  // Returns whether nothing that comes later can change the result.
  bool is_decided() const { return has_forbidden_text() || (has_required_texts() && forbidden_ == 0); }
  bool has_required_texts() const { return (required_ & ~found_) == 0; }
  bool has_forbidden_text() const { return (forbidden_ & found_) != 0; }

 private:
  std::uint32_t required_ = 0, forbidden_ = 0, found_ = 0;  // one bit for each text
  std::size_t count_ = 0;
  std::array<TextSearch, BodyTexts::max_count> searches_;  // of which there are count_
};

}  // namespace healthcheck

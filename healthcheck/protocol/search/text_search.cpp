#include "healthcheck/protocol/search/text_search.hpp"

namespace healthcheck {

// Returns whether the matched bytes, without the first `skipped` bytes, are again the text's beginning.
bool TextSearch::could_start_at(std::size_t skipped) const {
  for (std::size_t i = skipped; i < matched_; ++i)
    if (text_[i] != text_[i - skipped]) return false;
  return true;
}

// The algorithm of Knuth, Morris and Pratt without its table: the texts are short, and only a count is kept.
void TextSearch::feed(char c) {
  if (found()) return;
  while (text_[matched_] != c) {
    if (matched_ == 0) return;
    std::size_t skipped = 1;
    while (!could_start_at(skipped)) ++skipped;
    matched_ -= skipped;
  }
  ++matched_;
}

}  // namespace healthcheck

#include "healthcheck/protocol/search/body_search.hpp"

#include "base/text.hpp"

namespace healthcheck {

BodySearch::BodySearch(const BodyTexts& texts) {
  for (const BodyText& text : texts.all()) {
    (text.rule == BodyText::Rule::Required ? required_ : forbidden_) |= 1U << count_;
    searches_[count_++] = TextSearch{text.text};
  }
}

void BodySearch::feed(char c) {
  if (base::is_white_space(c)) return;
  for (std::size_t i = 0; i < count_; ++i) {
    searches_[i].feed(c);
    if (searches_[i].found()) found_ |= 1U << i;
  }
}

}  // namespace healthcheck

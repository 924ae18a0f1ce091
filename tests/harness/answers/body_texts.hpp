// Makes the texts of --body as the options do, for tests of the code that searches a body.
#pragma once

#include "healthcheck/target/plan.hpp"

namespace healthcheck {

// Without a text: any body.
inline BodyTexts requiring(std::string_view text) {
  BodyTexts texts;
  if (!text.empty()) texts.add({text, BodyText::Rule::Required});
  return texts;
}

}  // namespace healthcheck

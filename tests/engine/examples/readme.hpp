// The code blocks of the README, as a reader pastes them.
//
//   code_after("**Compose**")    the first block behind that text
#pragma once

#include <string>

namespace engine {

// Throws if the README has no such text, or no code block behind it.
std::string code_after(const std::string& text);

}  // namespace engine

// Reduces C++ text to the parts that the rules apply to.
#pragma once

#include <string>

namespace rules {

// The text without comments, the contents of literals, attributes, and preprocessor lines; line breaks stay.
std::string plain_code(const std::string& text);

}  // namespace rules

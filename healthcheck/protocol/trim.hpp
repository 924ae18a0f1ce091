// Blanks around a value: of headers and files.
#pragma once

#include <string_view>

namespace healthcheck {

constexpr std::string_view trim(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

}  // namespace healthcheck

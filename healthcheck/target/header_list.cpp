#include "healthcheck/target/header_list.hpp"

#include "base/text.hpp"

namespace healthcheck {

[[gnu::noinline]] std::string_view take_header(std::string_view& rest, std::string_view& value) {
  std::string_view line = base::take_until(rest, '\n');
  line.remove_suffix(1);
  std::string_view name = base::take_until(line, ':');
  value = base::trim(line);
  return name;
}

[[gnu::noinline]] bool find_header(std::string_view headers, std::string_view name, std::string_view& value) {
  while (!headers.empty()) {
    std::string_view found;
    if (!base::equal_ignoring_case(take_header(headers, found), name)) continue;
    if (!found.empty()) value = found;
    return true;
  }
  return false;
}

}  // namespace healthcheck

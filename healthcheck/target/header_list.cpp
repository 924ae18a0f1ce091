#include "healthcheck/target/header_list.hpp"

#include "base/text.hpp"

namespace healthcheck {

[[gnu::noinline]] Header take_header(std::string_view& rest) {
  std::string_view value = base::take_until(rest, '\n');
  value.remove_suffix(1);
  std::string_view name = base::take_until(value, ':');
  return {name, base::trim(value)};
}

[[gnu::noinline]] bool find_header(std::string_view headers, std::string_view name, std::string_view& value) {
  while (!headers.empty()) {
    Header header = take_header(headers);
    if (!base::equal_ignoring_case(header.name, name)) continue;
    if (!header.value.empty()) value = header.value;
    return true;
  }
  return false;
}

}  // namespace healthcheck

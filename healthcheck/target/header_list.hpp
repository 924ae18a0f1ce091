// Walks headers in the form in which the plan holds those of --header: "NAME: VALUE" CRLF, and so on.
#pragma once

#include <string_view>

namespace healthcheck {

// Removes the first header from `rest`, which is not empty. Returns its name, and gives its value. If the
// value is empty, the request has no header of this name, not even a default one.
std::string_view take_header(std::string_view& rest, std::string_view& value);

// Returns whether there is a header of this name. Its value replaces `value`, unless it is empty.
bool find_header(std::string_view headers, std::string_view name, std::string_view& value);

}  // namespace healthcheck

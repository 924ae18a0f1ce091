// Lists of HTTP statuses: 200-299,404.
#pragma once

#include <string_view>

namespace healthcheck {

// Returns whether the list is valid: numbers from 100 to 999 and ranges of them, comma-separated.
bool is_status_list(std::string_view list);
bool contains_status(std::string_view list, unsigned status);

}  // namespace healthcheck

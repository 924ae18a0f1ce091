// Everything that healthcheck says to its user.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "healthcheck/config.hpp"

namespace healthcheck {

// Writes one line to standard error: "healthcheck: " and the text. No socket may be open: if standard error
// was closed at the start, the socket may have its number.
void report(std::string_view text);
// The same for an action that failed. The subject, what the user wrote, may be empty.
void report_error(std::string_view subject, std::string_view action, base::Error error);

// These return exit status 1.
int report_usage_error(const Config& config, const base::UsageError& error);
int report_target_error(const Config& config, base::Problem problem, std::string_view target);

// Writes the text to standard output. Returns the exit status: 1 if it cannot be written.
int print(std::string_view text);

}  // namespace healthcheck

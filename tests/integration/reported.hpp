// The line that healthcheck writes about a target.
#pragma once

#include <string>
#include <vector>

namespace integration {

// Returns the beginning of the line: the target, which is the last argument, and the socket if the first
// argument is --unix-socket=PATH.
inline std::string line_about(const std::vector<std::string>& arguments) {
  const std::string option = "--unix-socket=";
  const std::string& first = arguments.front();
  const std::string socket = first.starts_with(option) ? " through " + first.substr(option.size()) : "";
  return "healthcheck: " + arguments.back() + socket;
}

}  // namespace integration

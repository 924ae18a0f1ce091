// Looks up variables in an environment block (environ(7)).
#pragma once

#include <string_view>

namespace base {

// Returns the entry "NAME=value" that sets `name`, in its place in the block, or null if none does.
constexpr char** find_variable(char** environment, std::string_view name) {
  for (; *environment != nullptr; ++environment)
    if (std::string_view{*environment}.starts_with(name) && (*environment)[name.size()] == '=')
      return environment;
  return nullptr;
}

// Returns the value of `name`, or null if it is not set.
constexpr const char* value_of_variable(char** environment, std::string_view name) {
  char** entry = find_variable(environment, name);
  return entry == nullptr ? nullptr : *entry + name.size() + 1;
}

constexpr void remove_variable(char** environment, std::string_view name) {
  char** entry = find_variable(environment, name);
  if (entry == nullptr) return;
  do entry[0] = entry[1];
  while (*entry++ != nullptr);
}

}  // namespace base

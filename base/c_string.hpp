// Paths for system calls, built in the arena.
#pragma once

#include "base/arena.hpp"

namespace base {

// Returns `before`, `text` and `after` as one C string in the arena, or nullptr if the arena has no room.
inline const char* add_c_string(Arena& arena, std::string_view before, std::string_view text,
                                std::string_view after) {
  std::size_t start = arena.size();
  arena.add(before);
  arena.add(text);
  arena.add(after);
  arena.add('\0');
  return arena.since(start).data();
}

}  // namespace base

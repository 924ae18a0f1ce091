// What a role says: one line, one write, so that the lines of several processes never mix.
#pragma once

namespace helper {

[[gnu::format(printf, 1, 2)]] void say(const char* format, ...);
// To stderr, then exit 2.
[[noreturn, gnu::format(printf, 1, 2)]] void give_up(const char* format, ...);

void pause_for(int milliseconds);

}  // namespace helper

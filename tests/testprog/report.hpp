// The output of a role: one line in one write, so that the lines of several processes never mix.
#pragma once

namespace testprog {

[[gnu::format(printf, 1, 2)]] void say(const char* format, ...);
[[gnu::format(printf, 2, 3)]] void say_to(int descriptor, const char* format, ...);
// Writes to stderr, then exits with 2.
[[noreturn, gnu::format(printf, 1, 2)]] void give_up(const char* format, ...);

void pause_for(int milliseconds);

}  // namespace testprog

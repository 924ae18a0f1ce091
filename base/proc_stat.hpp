// Parses /proc/PID/stat (proc(5)). Pure: text in, facts out.
#pragma once

#include <string_view>

#include "base/number.hpp"
#include "base/text.hpp"

namespace base {

// The kernel's highest PID is far below (proc(5), pid_max).
inline constexpr std::uint64_t max_process_id = 1 << 30;

// The fields of /proc/PID/stat that matter here (proc(5)).
struct ProcessFacts {
  std::string_view name;  // the command's, at most 15 characters; may hold any byte
  char state = 0;         // 'Z': a zombie
  int parent = 0;
  int group = 0;
  int threads = 0;

  // A zombie with more than one thread is a live process whose main thread has ended (pthread_exit(3)).
  constexpr bool is_dead() const { return (state == 'Z' && threads <= 1) || state == 'X'; }
};

// Returns false if the text does not have this form.
constexpr bool parse_stat(std::string_view stat, ProcessFacts& facts) {
  // The name may hold blanks and parentheses itself: it ends at the last one.
  take_until(stat, '(');
  std::size_t close = stat.rfind(')');
  if (close == stat.npos) return false;
  facts.name = {stat.data(), close};
  stat.remove_prefix(close);
  take_until(stat, ' ');
  std::string_view state = take_until(stat, ' ');
  facts.state = state.empty() ? '\0' : state.front();
  // A field may be negative, but none of those that matter is.
  for (int field = 4; field <= 20; ++field) {  // as proc_pid_stat(5) numbers them
    int number = static_cast<int>(parse_number(take_until(stat, ' '), max_process_id).value_or(0));
    if (field == 4) facts.parent = number;
    if (field == 5) facts.group = number;
    facts.threads = number;  // field 20, which is read last
  }
  return facts.state != '\0';
}

}  // namespace base

#include "base/signals.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

namespace base {
namespace {

// In the kernel's order, from 1: the same on every architecture that we ship for (signal(7)).
constexpr std::string_view names =
    "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN "
    "TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS";

// Other names of some signals, which kill(1) and tini know too.
constexpr std::string_view aliases = "IOT CLD POLL";
constexpr Signal alias_signals[] = {SIGABRT, SIGCHLD, SIGIO};

// Returns the name's place in the list, from 1, or 0 if it is not there.
Signal find_name(std::string_view list, std::string_view name) {
  for (Signal place = 1; !list.empty(); ++place)
    if (equal_ignoring_case(take_until(list, ' '), name)) return place;
  return 0;
}

std::optional<Signal> parse_realtime(std::string_view text, Signal base, char direction) {
  if (text.empty()) return base;
  if (text.front() != direction) return {};
  text.remove_prefix(1);
  auto offset = parse_number(text, last_signal - realtime_min);
  if (!offset) return {};
  auto distance = static_cast<int>(*offset);
  return static_cast<Signal>(direction == '+' ? base + distance : base - distance);
}

}  // namespace

std::optional<Signal> parse_signal(std::string_view text) {
  if (auto number = parse_number(text, last_signal); number && *number > 0)
    return static_cast<Signal>(*number);
  take_prefix_ignoring_case(text, "SIG");
  if (take_prefix_ignoring_case(text, "RTMIN")) return parse_realtime(text, realtime_min, '+');
  if (take_prefix_ignoring_case(text, "RTMAX")) return parse_realtime(text, last_signal, '-');
  if (Signal alias = find_name(aliases, text); alias != 0) return alias_signals[alias - 1];
  if (Signal signal = find_name(names, text); signal != 0) return signal;
  return {};
}

MessageBuilder& add_signal(MessageBuilder& line, Signal signal) {
  line.add("SIG");
  if (signal >= realtime_min) {
    line.add("RTMIN");
    return signal == realtime_min ? line : line.add("+").add(std::int64_t{signal} - realtime_min);
  }
  Signal number = 1;
  for (std::string_view rest = names; !rest.empty(); ++number) {
    std::string_view name = take_until(rest, ' ');
    if (number == signal) return line.add(name);
  }
  return line.add(std::int64_t{signal});
}

}  // namespace base

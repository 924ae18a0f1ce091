// Signals as numbers, sets and names. Linux has 64 of them; libc's own limits are not ours.
#pragma once

#include <signal.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/message_builder.hpp"

namespace base {

using Signal = std::uint8_t;  // 1 to 64; 0: none

inline constexpr Signal last_signal = 64;
// The kernel's first real-time signal. glibc's SIGRTMIN is 34 and musl's 35, each keeping some to itself.
inline constexpr Signal first_realtime = 32;
// SIGRTMIN as glibc, and thus almost every program that sends such a signal, counts it (signal(7)).
inline constexpr Signal realtime_min = 34;

// The kernel's own 64-bit mask, signal n at bit n - 1. sigfillset() leaves out what libc keeps to itself.
class SignalSet {
 public:
  constexpr SignalSet() = default;
  constexpr explicit SignalSet(std::uint64_t bits) : bits_(bits) {}
  static constexpr SignalSet all() { return SignalSet{~std::uint64_t{0}}; }

  constexpr SignalSet with(Signal signal) const { return SignalSet{bits_ | bit(signal)}; }
  constexpr bool has(Signal signal) const { return (bits_ & bit(signal)) != 0; }
  constexpr std::uint64_t bits() const { return bits_; }
  friend constexpr auto operator<=>(SignalSet, SignalSet) = default;

 private:
  static constexpr std::uint64_t bit(Signal signal) { return std::uint64_t{1} << (signal - 1); }
  std::uint64_t bits_ = 0;
};

// Parses "TERM", "SIGTERM", "term", "15", "RTMIN", "RTMIN+3", "SIGRTMAX-2". Returns nothing for any other
// text, and for 0.
std::optional<Signal> parse_signal(std::string_view text);

// Adds "SIGTERM" or "SIGRTMIN+3"; "SIG32" and "SIG33" for the signals below SIGRTMIN.
MessageBuilder& add_signal(MessageBuilder& line, Signal signal);

}  // namespace base

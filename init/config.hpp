// The settings of the command line and the environment.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

#include "base/duration.hpp"
#include "base/options.hpp"
#include "base/signals.hpp"

namespace init {

using base::Duration;
using base::Signal;

enum class Scope : std::uint8_t { Program, Group, All };
enum class Request : std::uint8_t { Run, Help, Version };

// A table from numbers to numbers, which maps each number to itself until it is told otherwise. It stores the
// differences, so that the empty table is all zeros.
template <std::size_t size>
class Mapping {
 public:
  constexpr std::uint8_t operator[](std::uint8_t from) const { return from ^ difference_[from]; }
  constexpr void set(std::uint8_t from, std::uint8_t to) { difference_[from] = from ^ to; }
  friend constexpr auto operator<=>(const Mapping&, const Mapping&) = default;

 private:
  std::array<std::uint8_t, size> difference_{};
};

// The settings by which the pure supervisor decides.
struct Policy {
  Scope scope = Scope::Program;
  Signal stop_signal = SIGTERM;    // the one that init sends by itself
  base::SignalSet stop_signals;    // those that the user named; if none, stop_signal alone
  Signal parent_death_signal = 0;  // 0: the parent's death has no effect
  bool pause = false;
  bool wait_all = false;
  Duration stop_delay{}, grace{}, drain = base::seconds(5);
  Mapping<base::last_signal + 1> rewrite;  // the signal to forward, by the one that arrived; 0: none
  Mapping<256> exit_map;                   // the status of init, by PROGRAM's status

  constexpr bool is_stop(Signal signal) const {
    return signal == stop_signal || (signal != 0 && stop_signals.has(signal));
  }
  friend constexpr auto operator<=>(const Policy&, const Policy&) = default;
};

struct Config {
  bool warn_reaped = false;
  bool session = false;
  std::uint8_t verbosity = 0;
  Request request = Request::Run;
  bool finished = false;         // --help or --version was seen
  std::string_view separator{};  // between the programs of --together; empty: there is one program
  Policy policy;

  bool is_verbose() const { return verbosity > 0; }
};

extern const base::OptionTable option_table;

}  // namespace init

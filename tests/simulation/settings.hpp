// Draws from a seed the command line of init, and the kernel that it runs on.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "simulation/random.hpp"
#include "simulation/time.hpp"

namespace simulation {

constexpr std::uint64_t bit(int signal) { return std::uint64_t{1} << (signal - 1); }

enum class Scope : std::uint8_t { Program, Group, All };
enum class Pidfd : std::uint8_t { Works, Unknown, Refused };
enum class Proc : std::uint8_t { Own, Foreign, None };
enum class Start : std::uint8_t { Works, NotFound, NotExecutable, NoProcess };

struct Settings {
  explicit Settings(Random& random);

  // The command line.
  Scope scope = Scope::Program;
  bool session = false, wait_all = false, pause = false, warn_reaped = false, verbose = false;
  Time stop_delay = 0, grace = 0, drain = 5 * second;
  std::array<int, 2> stop_signals{};  // 0: not given
  int parent_death_signal = 0;
  int programs = 1;
  struct Rewrite {
    int from, to;
  };
  std::array<Rewrite, 2> rewrites{};  // from 0: not given
  std::array<Rewrite, 2> exit_codes;  // from -1: not given

  // The kernel and the environment.
  bool first_process = true;  // init is PID 1
  bool waitid_takes_wall = true, has_waitid = true, has_close_range = true, has_clock = true;
  int max_descriptors = 16;  // that init may have while it looks into /proc
  bool interrupts = false;
  Pidfd pidfd = Pidfd::Works;
  Proc proc = Proc::Own;
  std::uint64_t mask = 0;  // that init inherits
  bool child_signal_ignored = false;
  bool terminal = false, foreground = false, orphaned = false;
  bool broken_stderr = false;
  Start start = Start::Works;    // of the last program
  std::uint64_t race_rate = 64;  // one in so many calls, another process is faster; a power of two
  Time span = second;            // of the events that are drawn

  // Draws what the model did not know when the first seeds of the list were found, so that these mean what
  // they meant.
  Random later;

  // Returns whether init can look at every process: a directory, a pidfd and a file are open then.
  bool shows_processes() const;

  // The contract's reading of the command line.
  int stop_signal() const;  // that init sends by itself
  bool is_stop(int signal) const;
  int rewritten(int signal) const;  // 0: dropped
  int exit_code(int status) const;

  // argv, ended by a null pointer.
  char** arguments();

 private:
  void draw_options(Random& random);
  void draw_kernel(Random& random);
  void add(std::string_view option, std::int64_t number, std::string_view unit = {});
  void add_duration(std::string_view option, Time duration);
  void add_pair(std::string_view option, Rewrite pair, char between);
  void put(std::string_view text);
  void put(std::int64_t number);

  std::array<char, 512> text_;
  std::array<char*, 40> arguments_;
  std::size_t length_ = 0, count_ = 0;
};

}  // namespace simulation

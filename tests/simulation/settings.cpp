#include "simulation/settings.hpp"

#include <signal.h>

#include <algorithm>
#include <charconv>

namespace simulation {
namespace {

constexpr std::array<Time, 6> durations{0,          millisecond, 50 * millisecond, 300 * millisecond,
                                        2 * second, 10 * second};
constexpr std::array signals{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH, 34, 64};

}  // namespace

Settings::Settings(Random& random) : later(Random{random}.next()) {
  draw_options(random);
  draw_kernel(random);
  has_waitid = !later.one_in(16);
  if (later.one_in(24)) max_descriptors = 3 + static_cast<int>(later.below(3));
}

bool Settings::shows_processes() const { return proc == Proc::Own && max_descriptors > 6; }

void Settings::draw_options(Random& random) {
  scope = random.pick(std::array{Scope::Program, Scope::Program, Scope::Group, Scope::All});
  session = random.one_in(8);
  wait_all = random.one_in(6);
  pause = random.one_in(24);
  warn_reaped = random.one_in(8);
  verbose = random.one_in(16);
  if (random.one_in(2)) stop_delay = random.pick(durations);
  if (random.one_in(2)) grace = random.pick(durations);
  if (random.one_in(2)) drain = random.pick(durations);
  if (random.one_in(6)) stop_signals[0] = random.pick(signals);
  if (stop_signals[0] != 0 && random.one_in(2)) stop_signals[1] = random.pick(signals);
  if (random.one_in(6)) parent_death_signal = random.pick(signals);
  if (random.one_in(5)) programs = 2 + static_cast<int>(random.below(2));
  if (pause) programs = 0;
  for (Rewrite& rewrite : rewrites)
    if (random.one_in(5)) rewrite = {random.pick(signals), random.one_in(3) ? 0 : random.pick(signals)};
  for (Rewrite& code : exit_codes) {
    code = {-1, 0};
    if (random.one_in(6))
      code = {random.pick(std::array{0, 1, 7, 137, 143}), static_cast<int>(random.below(256))};
  }
}

void Settings::draw_kernel(Random& random) {
  first_process = !random.one_in(3);
  waitid_takes_wall = !random.one_in(6);
  has_close_range = !random.one_in(4);
  has_clock = !random.one_in(12);
  interrupts = random.one_in(3);
  pidfd = random.pick(std::array{Pidfd::Works, Pidfd::Works, Pidfd::Unknown, Pidfd::Refused});
  proc = random.pick(std::array{Proc::Own, Proc::Own, Proc::Own, Proc::Own, Proc::Foreign, Proc::None});
  if (random.one_in(3)) mask = random.next();
  child_signal_ignored = random.one_in(6);
  terminal = random.one_in(4);
  foreground = random.one_in(2);
  orphaned = random.one_in(3);
  broken_stderr = random.one_in(8);
  if (programs > 0 && random.one_in(16))
    start = random.pick(std::array{Start::NotFound, Start::NotExecutable, Start::NoProcess});
  race_rate = random.pick(std::array<std::uint64_t, 4>{4, 16, 64, 1024});
  span = random.pick(std::array<Time, 4>{100 * microsecond, 20 * millisecond, second, 20 * second});
}

int Settings::stop_signal() const { return stop_signals[0] != 0 ? stop_signals[0] : SIGTERM; }

bool Settings::is_stop(int signal) const {
  return signal == stop_signal() || (signal != 0 && signal == stop_signals[1]);
}

int Settings::rewritten(int signal) const {
  // The later one of two with the same FROM counts.
  for (std::size_t i = rewrites.size(); i-- > 0;)
    if (rewrites[i].from == signal) return rewrites[i].to;
  return signal;
}

int Settings::exit_code(int status) const {
  for (std::size_t i = exit_codes.size(); i-- > 0;)
    if (exit_codes[i].from == status) return exit_codes[i].to;
  return status;
}

void Settings::put(std::string_view text) {
  length_ = static_cast<std::size_t>(std::ranges::copy(text, text_.data() + length_).out - text_.data());
}

void Settings::put(std::int64_t number) {
  char* end = text_.data() + text_.size();
  length_ = static_cast<std::size_t>(std::to_chars(text_.data() + length_, end, number).ptr - text_.data());
}

void Settings::add(std::string_view option, std::int64_t number, std::string_view unit) {
  arguments_[count_++] = text_.data() + length_;
  put(option);
  if (number >= 0) put(number);
  put(unit);
  text_[length_++] = '\0';
}

void Settings::add_duration(std::string_view option, Time duration) {
  add(option, duration / millisecond, "ms");
}

void Settings::add_pair(std::string_view option, Rewrite pair, char between) {
  arguments_[count_++] = text_.data() + length_;
  put(option);
  put(pair.from);
  text_[length_++] = between;
  put(pair.to);
  text_[length_++] = '\0';
}

char** Settings::arguments() {
  constexpr std::int64_t none = -1;
  add("init", none);
  if (scope != Scope::Program) add(scope == Scope::Group ? "--group" : "--all", none);
  if (session) add("--session", none);
  if (wait_all) add("--wait-all", none);
  if (warn_reaped) add("--warn-reaped", none);
  if (verbose) add("--verbose", none);
  if (stop_delay != 0) add_duration("--stop-delay=", stop_delay);
  if (grace != 0) add_duration("--grace=", grace);
  if (drain != 5 * second) add_duration("--drain=", drain);
  for (int signal : stop_signals)
    if (signal != 0) add("--stop-signal=", signal);
  if (parent_death_signal != 0) add("--parent-death-signal=", parent_death_signal);
  for (Rewrite rewrite : rewrites)
    if (rewrite.from != 0) add_pair("--rewrite=", rewrite, ':');
  for (Rewrite code : exit_codes)
    if (code.from >= 0) add_pair("--exit-map=", code, '=');
  if (pause) add("--pause", none);
  if (programs > 1) add("--together", none);
  for (int i = 0; i < programs; ++i) {
    if (i > 0) add("::", none);
    add("/program", none);
  }
  arguments_[count_] = nullptr;
  return arguments_.data();
}

}  // namespace simulation

#include <array>

#include "base/number.hpp"
#include "base/text.hpp"
#include "init/config.hpp"

namespace init {
namespace {

using base::apply_duration;
using base::Problem;
using base::Takes;
using std::string_view;

Problem apply_signal(Signal& signal, string_view value) {
  auto parsed = base::parse_signal(value);
  if (!parsed) return "invalid signal";
  signal = *parsed;
  return nullptr;
}

// SIGKILL and SIGSTOP cannot be caught, and the kernel uses SIGCHLD to report children.
bool never_arrives(Signal signal) { return signal == SIGKILL || signal == SIGSTOP || signal == SIGCHLD; }

Problem apply_stop_signal(Config& config, string_view value) {
  auto signal = base::parse_signal(value);
  if (!signal || never_arrives(*signal)) return "invalid signal";
  // The first one replaces the default.
  if (config.policy.stop_signals == base::SignalSet{}) config.policy.stop_signal = *signal;
  config.policy.stop_signals = config.policy.stop_signals.with(*signal);
  return nullptr;
}

Problem apply_scope(Scope& scope, Scope wanted, string_view value) {
  bool on = false;
  Problem problem = base::apply_switch(on, value);
  // --all includes --group, in whatever order they come.
  if (on && scope != Scope::All) scope = wanted;
  if (!on && scope == wanted) scope = Scope::Program;
  return problem;
}

Problem apply_rewrite(Config& config, string_view to) {
  auto from = base::parse_signal(base::take_until(to, ':'));
  auto target = to == "0" ? std::optional<Signal>{Signal{0}} : base::parse_signal(to);
  if (!from || !target || never_arrives(*from)) return "invalid FROM:TO";
  config.policy.rewrite.set(*from, *target);
  return nullptr;
}

// A repeatable option takes a comma-separated list: the variable needs it, and the command line accepts it
// too.
Problem apply_each(Config& config, string_view list, Problem (*apply)(Config&, string_view)) {
  Problem problem = nullptr;
  do problem = apply(config, base::take_until(list, ','));
  while (problem == nullptr && !list.empty());
  return problem;
}

Problem apply_exit_map(Config& config, string_view value) {
  string_view to = value;
  string_view code = base::take_until(to, '=');
  auto from = base::parse_number(code, 255);
  auto result = code.size() == value.size() ? std::optional<std::uint64_t>{0} : base::parse_number(to, 255);
  if (!from || !result) return "invalid CODE[=NEW]";
  config.policy.exit_map.set(static_cast<std::uint8_t>(*from), static_cast<std::uint8_t>(*result));
  return nullptr;
}

// A bare --together, and the value 1 or true, mean the default separator.
Problem apply_together(Config& config, string_view value) {
  bool on = value.empty();
  if (!on && base::apply_switch(on, value) != nullptr)
    config.separator = value;
  else
    config.separator = on ? "::" : "";
  return nullptr;
}

Problem apply_verbose(Config& config, string_view value) {
  bool on = false;
  Problem problem = base::apply_switch(on, value);
  if (on)
    ++config.verbosity;
  else
    config.verbosity = 0;
  return problem;
}

Problem apply_redundant(Config&, string_view value) {
  bool ignored = false;
  return base::apply_switch(ignored, value);
}

Problem finish(Config& config, Request request, string_view value) {
  Problem problem = base::apply_switch(config.finished, value);
  if (config.finished) config.request = request;
  return problem;
}

using Row = base::Option<Config>;

constexpr std::array<Row, 19> rows{{
    {'g', "group", Takes::Nothing, "", "forward to PROGRAM's process group",
     [](Config& c, string_view v) { return apply_scope(c.policy.scope, Scope::Group, v); }},
    {'a', "all", Takes::Nothing, "", "forward to every process",
     [](Config& c, string_view v) { return apply_scope(c.policy.scope, Scope::All, v); }},
    {' ', "session", Takes::Nothing, "", "PROGRAM in its own session, without the terminal",
     [](Config& c, string_view v) { return base::apply_switch(c.session, v); }},
    {'r', "rewrite", Takes::Value, "FROM:TO", "forward TO in place of FROM; 0 drops FROM",
     [](Config& c, string_view v) { return apply_each(c, v, &apply_rewrite); }},
    {'S', "stop-signal", Takes::Value, "SIGNAL", "a signal that asks for a stop (TERM)",
     [](Config& c, string_view v) { return apply_each(c, v, &apply_stop_signal); }},
    {'d', "stop-delay", Takes::Value, "DURATION", "hold the stop signal this long (0)",
     [](Config& c, string_view v) { return apply_duration(c.policy.stop_delay, v); }},
    {'k', "grace", Takes::Value, "DURATION", "then kill all that still runs (0: never)",
     [](Config& c, string_view v) { return apply_duration(c.policy.grace, v); }},
    {'D', "drain", Takes::Value, "DURATION", "time for the rest to end after PROGRAM (5s)",
     [](Config& c, string_view v) { return apply_duration(c.policy.drain, v); }},
    {' ', "wait-all", Takes::Nothing, "", "wait until all that PROGRAM left has ended",
     [](Config& c, string_view v) { return base::apply_switch(c.policy.wait_all, v); }},
    {'e', "exit-map", Takes::Value, "CODE[=NEW]", "exit NEW (0) if the status would be CODE",
     [](Config& c, string_view v) { return apply_each(c, v, &apply_exit_map); }},
    {'p', "parent-death-signal", Takes::Value, "SIGNAL", "as if it had arrived, when the parent dies",
     [](Config& c, string_view v) { return apply_signal(c.policy.parent_death_signal, v); }},
    {'t', "together", Takes::OptionalValue, "SEPARATOR", "several programs that end together (::)",
     &apply_together},
    {'P', "pause", Takes::Nothing, "", "no PROGRAM: reap until TERM or INT",
     [](Config& c, string_view v) { return base::apply_switch(c.policy.pause, v); }},
    {'w', "warn-reaped", Takes::Nothing, "", "log each orphan that is reaped",
     [](Config& c, string_view v) { return base::apply_switch(c.warn_reaped, v); }},
    {'v', "verbose", Takes::Nothing, "", "log each step; -vv: reaped processes too", &apply_verbose},
    {'s', "subreaper", Takes::Nothing, "", "accepted for tini's command lines", &apply_redundant},
    {'c', "single-child", Takes::Nothing, "", "accepted for dumb-init's command lines", &apply_redundant},
    {'h', "help", Takes::Nothing, "", "print this text",
     [](Config& c, string_view v) { return finish(c, Request::Help, v); }, base::Variable::None},
    {'V', "version", Takes::Nothing, "", "print the version",
     [](Config& c, string_view v) { return finish(c, Request::Version, v); }, base::Variable::None},
}};

constexpr string_view before =
    "Usage: init [OPTION]... [--] PROGRAM [ARGUMENT]...\n"
    "       init [OPTION]... --pause\n"
    "Starts PROGRAM, forwards signals to it, reaps every process that ends, and\n"
    "exits with PROGRAM's status.\n\n";
constexpr string_view after =
    "\nDURATION: 250ms, 1.5s, 2m, 1h; 10 is 10s.\n"
    "Each option has a variable: DISTROLESS_INIT_GRACE=10s.\n"
    "Exit status: PROGRAM's; 128+n: killed by signal n; 125: init failed;\n"
    "126: cannot execute PROGRAM; 127: PROGRAM not found.\n";

using Table = base::HelpTable<rows, before, after, Config>;

}  // namespace

const base::OptionTable option_table = Table::table("DISTROLESS_INIT_");

}  // namespace init

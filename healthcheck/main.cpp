// healthcheck: the probe of a container without a shell.
#include <algorithm>
#include <limits>

#include "healthcheck/probe/confinement.hpp"
#include "healthcheck/probe/connection.hpp"
#include "healthcheck/probe/probe.hpp"
#include "healthcheck/target/reach.hpp"
#include "healthcheck/target/targets.hpp"
#include "sys/clock.hpp"
#include "sys/file.hpp"
#include "sys/message.hpp"
#include "sys/process.hpp"
#include "sys/signal.hpp"

namespace healthcheck {
namespace {

using base::MessageBuilder;

constexpr std::string_view program_name = PROGRAM_NAME;

void send_line() {
  // With standard error closed the socket may have its number, and the line would go to the service.
  Connection::close_last();
  // A broken or full standard error, or a terminal that is another's, ends nothing.
  base::SignalSet before;
  static_cast<void>(sys::block_signals(base::SignalSet{}.with(SIGPIPE).with(SIGXFSZ).with(SIGTTOU), before));
  sys::send_message();
}

int say(std::string_view words) {
  sys::begin_message(program_name).add(words);
  send_line();
  return 1;
}

int wrong_use(const Config& config, base::UsageError error) {
  if (config.hides_value) error.text = {};
  if (!config.expansion.unset_variable().empty()) error.text = config.expansion.unset_variable();
  base::add_usage_error(sys::begin_message(program_name), error);
  send_line();
  return 1;
}

int wrong_target(const Config& config, base::Problem problem, std::string_view text) {
  base::UsageError error;
  error.kind = base::UsageError::Subject::Variable;
  error.subject = text;
  // What has a user has a password too.
  if (text.find('@') != std::string_view::npos) error.subject = "TARGET";
  error.problem = problem;
  return wrong_use(config, error);
}

int print(std::string_view text) {
  auto written = sys::write(sys::standard_output, text);
  if (written) return 0;
  sys::add_error_text(sys::begin_message(program_name).add("standard output: "), written.error().code);
  send_line();
  return 1;
}

Health run_round(const Config& config, Targets targets, Deadline deadline) {
  std::size_t mark = texts.size();
  Target target;
  for (std::string_view text; targets.next(text);) {
    static_cast<void>(read_target(config, text, target));
    MessageBuilder& line = sys::begin_message(program_name).add_escaped(text).add(": ");
    Health health = probe(config, target, deadline, line);
    // After an unhealthy one too: of --wait's rounds there may be many.
    texts.cut_back_to(mark);
    if (health == Health::Unhealthy) return health;
    if (config.verbose) send_line();
  }
  return Health::Healthy;
}

MessageBuilder& cannot_wait() { return sys::begin_message(program_name).add("cannot wait: "); }

// Rounds until one is healthy, as long as another can begin within --wait.
Health probe_until(const Config& config, const Targets& targets) {
  constexpr base::Duration for_ever = base::seconds(std::numeric_limits<std::int32_t>::max());
  base::Instant now = config.wait ? sys::now() : base::Instant{}, end = now + config.wait;
  for (;;) {
    base::Duration limit = config.timeout ? std::min(config.timeout, for_ever) : for_ever;
    if (config.wait) limit = std::min(limit, end - now);
    if (run_round(config, targets, Deadline{limit}) == Health::Healthy) return Health::Healthy;
    if (!config.wait) return Health::Unhealthy;
    if (now != base::Instant{}) now = sys::now();
    // Nothing would say when to end.
    if (now == base::Instant{}) {
      cannot_wait().add("no clock");
      return Health::Unhealthy;
    }
    base::Duration pause = config.interval;
    now = now + pause;
    if (now >= end) return Health::Unhealthy;
    Connection::close_last();
    Code code = sys::wait_until(sys::Readiness::Readable, sys::no_descriptor, pause);
    if (code != no_time) {
      sys::add_error_text(cannot_wait(), code);
      return Health::Unhealthy;
    }
  }
}

[[gnu::noinline]] int check_and_probe(Config& config, char** operands) {
  const char* words = config.expansion.find_variable("HEALTHCHECK_TARGET");
  Targets targets{operands, words != nullptr ? words : ""};
  Targets rest = targets;
  std::size_t mark = texts.size();
  std::string_view text;
  Schemes schemes = 0;
  while (rest.next(text)) {
    Target target;
    if (base::Problem problem = read_target(config, text, target)) return wrong_target(config, problem, text);
    texts.cut_back_to(mark);
    schemes |= set_of(target.scheme);
  }
  if (schemes == 0) {
    return say("no TARGET is named (see " PROGRAM_NAME " --help)");
  }
  sys::confine(filter_for(schemes));
  if (probe_until(config, targets) == Health::Healthy) return 0;
  if (!config.quiet) send_line();
  return 1;
}

int run(char** arguments, char** environment) {
  Expansion expansion{environment};
  Config config{expansion};
  base::OptionParser parser{option_table, &config, config.finished};
  if (!parser.parse(arguments, environment)) return wrong_use(config, parser.error());
  if (config.request == Request::Help) return print(option_table.help);
  if (config.request == Request::Version) return print(PROGRAM_NAME " " PROJECT_VERSION "\n");
  return check_and_probe(config, parser.operands());
}

}  // namespace
}  // namespace healthcheck

int main(int, char** arguments, char** environment) {
  sys::seal_relocations();
  return healthcheck::run(arguments, environment);
}

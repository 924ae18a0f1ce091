#include "healthcheck/run.hpp"

#include "healthcheck/attempts.hpp"
#include "healthcheck/probe/confinement.hpp"
#include "healthcheck/probe/probe.hpp"
#include "healthcheck/report.hpp"
#include "healthcheck/target/target_list.hpp"
#include "sys/message.hpp"
#include "sys/process.hpp"

namespace healthcheck {
namespace {

// The acting half of the attempts: it probes and pauses as Attempts decides.
class Run {
 public:
  Run(const Config& config, const TargetList& targets) : config_(config), targets_(targets) {}

  Verdict probe_until_healthy() {
    Attempts attempts{config_, now()};
    Verdict verdict;
    Action action = attempts.start(clock_.last());
    while (action.kind != Action::Kind::Finish) {
      if (action.kind == Action::Kind::Attempt) {
        verdict = attempt(action.deadline);
        action = attempts.on(AttemptEnded{verdict.health, now()});
      } else if (base::Status paused = clock_.pause_until(action.deadline.end)) {
        action = attempts.on(PauseEnded{clock_.last()});
      } else {
        sys::add_probe_error_text(verdict.message.clear().add("cannot wait: "), paused.error().code);
        return verdict;
      }
    }
    return verdict;
  }

 private:
  // Probes the targets in turn, up to the first that is unhealthy. There is at least one.
  Verdict attempt(base::Deadline deadline) {
    __attribute__((uninitialized)) Prober prober{config_, config_.expansion.arena(), clock_, deadline};
    TargetList targets = targets_;
    std::string_view text;
    static_cast<void>(targets.next(text));
    for (;;) {
      base::Arena::Scope scope{config_.expansion.arena()};
      Target target;
      static_cast<void>(read_target(config_, config_.expansion, text, target));
      Verdict verdict = prober.probe(target);
      if (verdict.health == Health::Unhealthy) return verdict;
      if (config_.verbose) report(verdict.message.text());
      if (!targets.next(text)) return verdict;
    }
  }

  // A single attempt needs no clock but the one of its waits.
  base::Instant now() { return config_.wait ? clock_.now() : clock_.last(); }

  const Config& config_;
  TargetList targets_;
  Clock clock_;
};

int report_unused_option(const Config& config, std::size_t row) {
  base::UsageError error;
  error.subject = option_table.name_of(option_table.rows[row]);
  error.problem = "no TARGET uses it";
  return report_usage_error(config, error);
}

// Reads the targets once, so that a usage error in the last is reported before the first is probed.
[[gnu::noinline]] int check_and_probe(const Config& config, std::uint64_t given, const TargetList& targets) {
  TargetList rest = targets;
  Schemes schemes = 0;
  for (std::string_view text; rest.next(text);) {
    base::Arena::Scope scope{config.expansion.arena()};
    Target target;
    if (base::Problem problem = read_target(config, config.expansion, text, target))
      return report_target_error(config, problem, text);
    schemes |= set_of(target.scheme);
    if constexpr (speaks_tls)
      if (target.transport == Transport::Tls) schemes |= over_tls;
  }
  if (schemes == 0) {
    report("no TARGET given (see " PROGRAM_NAME " --help)");
    return 1;
  }
  std::size_t unused = find_unused_option(given, schemes);
  if (unused != option_table.row_count) return report_unused_option(config, unused);
  // The kernel sends PID 1 no signal that it has no handler for.
  if (sys::process_id() == 1) {
    sys::exit_on(SIGTERM);
    sys::exit_on(SIGINT);
  }
  sys::confine(filter_for(schemes));
  Verdict verdict = Run{config, targets}.probe_until_healthy();
  if (verdict.health == Health::Healthy) return 0;
  if (!config.quiet) report(verdict.message.text());
  return 1;
}

}  // namespace

int run(char** arguments, char** environment) {
  __attribute__((uninitialized)) base::Arena arena;
  Expansion expansion{environment, arena};
  Config config{expansion};
  base::OptionParser parser{option_table, &config, config.finished};
  if (!parser.parse(arguments, environment)) return report_usage_error(config, parser.error());
  if (config.request == Request::Help) return print(option_table.help);
  if (config.request == Request::Version) return print(PROGRAM_NAME " " PROJECT_VERSION "\n");
  const char* words = expansion.find_variable("DISTROLESS_HEALTHCHECK_TARGET");
  return check_and_probe(config, parser.given(),
                         TargetList{parser.operands(), words != nullptr ? words : ""});
}

}  // namespace healthcheck

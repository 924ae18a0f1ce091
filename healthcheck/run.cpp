#include "healthcheck/run.hpp"

#include "healthcheck/attempts.hpp"
#include "healthcheck/probe/confinement.hpp"
#include "healthcheck/probe/hosts_file.hpp"
#include "healthcheck/probe/probe.hpp"
#include "healthcheck/report.hpp"
#include "healthcheck/target/hosts.hpp"
#include "healthcheck/target/target_list.hpp"
#include "sys/message.hpp"
#include "sys/process.hpp"

namespace healthcheck {
namespace {

// The acting half of the attempts: it probes and pauses as Attempts decides.
class Run {
 public:
  Run(const Config& config, const TargetList& targets, std::int64_t count, Schemes needed)
      : config_(config),
        targets_(targets),
        count_(count),
        prober_(config, config.expansion.arena(), needed) {}

  [[gnu::noinline]] Health probe_until_healthy() {
    Attempts attempts{config_, now()};
    Health health{};
    Action action = attempts.start(clock().last());
    while (action.kind != Action::Kind::Finish) {
      if (action.kind == Action::Kind::Attempt) {
        health = attempt(action.deadline);
        action = attempts.on(AttemptEnded{health, now()});
      } else if (base::Status paused = clock().pause_until(action.deadline.end)) {
        action = attempts.on(PauseEnded{clock().last()});
      } else {
        sys::add_probe_error_text(message_.clear().add("cannot wait: "), paused.error().code);
        return Health::Unhealthy;
      }
    }
    return health;
  }

  // The reason of the last attempt.
  std::string_view message() const { return message_.text(); }

 private:
  // Probes the targets in turn, up to the first that decides about all. If no target decides, as when --any
  // finds none healthy, the message has the reasons of all. The time that --any shares among the targets is
  // read anew for each but the first, because the process may have been stopped meanwhile.
  [[gnu::noinline]] Health attempt(base::Deadline deadline) {
    Health health{};
    TargetList targets = targets_;
    std::int64_t left = count_;
    for (std::string_view text; targets.next(text); --left) {
      base::Arena::Scope scope{config_.expansion.arena()};
      Target target;
      static_cast<void>(read_target(config_, config_.expansion, text, target));
      const bool has_failed_before = config_.any && left != count_;
      Instant start = has_failed_before ? clock().now() : clock().last();
      health = prober_.probe(target, deadline_of_next(config_, deadline, start, left));
      if (config_.verbose && health == Health::Healthy) report(prober_.message());
      if (has_failed_before)
        message_.add("; ");
      else
        message_.clear();
      message_.add(prober_.message());
      if (is_decisive(config_, health)) break;
    }
    return health;
  }

  Clock& clock() { return prober_.clock(); }
  // A single attempt needs no clock but the one of its waits.
  base::Instant now() { return config_.wait ? clock().now() : clock().last(); }

  const Config& config_;
  TargetList targets_;
  std::int64_t count_;
  Prober prober_;
  base::MessageBuilder message_;
};

// Finds out what the run needs before it begins, so that a usage error in the last target is reported before
// the first is probed.
class Preparation {
 public:
  Preparation(Config& config, HostsFile& hosts_file) : config_(config), hosts_file_(hosts_file) {}

  // Returns false after it has reported an error.
  bool read(TargetList targets) {
    for (std::string_view text; targets.next(text); ++count_) {
      base::Arena::Scope scope{config_.expansion.arena()};
      Target target;
      base::Problem problem = read_target(config_, config_.expansion, text, target);
      if (problem == nullptr && needs_hosts_file(config_, target)) {
        if (!read_hosts_file(text)) return false;
        Address address;
        if (!HostAddresses{config_.hosts, target.name}.next(address))
          problem = "neither localhost, an address nor a name in /etc/hosts";
      }
      if (problem != nullptr) {
        report_target_error(config_, problem, text);
        return false;
      }
      schemes_ |= set_of(target.scheme);
      if constexpr (speaks_tls)
        if (target.transport == Transport::Tls) schemes_ |= over_tls;
    }
    if (count_ == 0) report("no TARGET given (see " PROGRAM_NAME " --help)");
    return count_ != 0;
  }

  Schemes schemes() const { return schemes_; }
  std::int64_t count() const { return count_; }

 private:
  bool read_hosts_file(std::string_view target) {
    if (config_.hosts.data() != nullptr) return true;
    auto text = hosts_file_.read();
    if (text)
      config_.hosts = *text;
    else
      report_error(target, HostsFile::path, text.error());
    return bool{text};
  }

  Config& config_;
  HostsFile& hosts_file_;
  Schemes schemes_ = 0;
  std::int64_t count_ = 0;
};

int report_unused_option(const Config& config, std::size_t row) {
  base::UsageError error;
  error.subject = option_table.name_of(option_table.rows[row]);
  error.problem = "no TARGET uses it";
  return report_usage_error(config, error);
}

// The container's restart policy acts when PID 1 ends. If this is PID 1, it ends by itself.
[[gnu::noinline]] void signal_process_one(const Config& config) {
  constexpr sys::ProcessId process_one = 1;
  if (config.on_failure == 0 || sys::process_id() == process_one) return;
  auto sent = sys::send_signal(process_one, config.on_failure);
  if (!sent && !config.quiet) report_error({}, "cannot send --on-failure's signal to PID 1", sent.error());
}

[[gnu::noinline]] int check_and_probe(Config& config, HostsFile& hosts_file, std::uint64_t given,
                                      const TargetList& targets) {
  Preparation preparation{config, hosts_file};
  if (!preparation.read(targets)) return 1;
  std::size_t unused = find_unused_option(given, preparation.schemes());
  if (unused != option_table.row_count) return report_unused_option(config, unused);
  // The kernel sends PID 1 no signal that it has no handler for.
  if (sys::process_id() == 1) {
    sys::exit_on(SIGTERM);
    sys::exit_on(SIGINT);
  }
  Schemes needed = preparation.schemes();
  if (config.on_failure != 0) needed |= signals_process_one;
  __attribute__((uninitialized)) Run rounds{config, targets, preparation.count(), needed};
  if (rounds.probe_until_healthy() == Health::Healthy) return 0;
  if (!config.quiet) report(rounds.message());
  signal_process_one(config);
  return 1;
}

// The texts of the command line and of /etc/hosts. Not initialised: only pages that are written to count as
// memory in use.
struct Memory {
  Memory() {}  // NOLINT(*-member-init,*-use-equals-default)

  base::Arena arena;
  HostsFile hosts_file;
};

// These are not inlined: beside that much memory, each access to a variable would take a longer instruction.
[[gnu::noinline]] bool parse(base::OptionParser& parser, char** arguments, char** environment) {
  return parser.parse(arguments, environment);
}

[[gnu::noinline]] int run_in(Memory& memory, char** arguments, char** environment) {
  Expansion expansion{environment, memory.arena};
  __attribute__((uninitialized)) Config config{expansion};
  base::OptionParser parser{option_table, &config, config.finished};
  if (!parse(parser, arguments, environment)) return report_usage_error(config, parser.error());
  if (config.request == Request::Help) return print(option_table.help);
  if (config.request == Request::Version) return print(PROGRAM_NAME " " PROJECT_VERSION "\n");
  const char* words = expansion.find_variable("DISTROLESS_HEALTHCHECK_TARGET");
  TargetList targets{parser.operands(), words != nullptr ? words : ""};
  return check_and_probe(config, memory.hosts_file, parser.given(), targets);
}

}  // namespace

int run(char** arguments, char** environment) {
  __attribute__((uninitialized)) Memory memory;
  return run_in(memory, arguments, environment);
}

}  // namespace healthcheck

#include "healthcheck/report.hpp"

#include <signal.h>

#include "base/text.hpp"
#include "sys/file.hpp"
#include "sys/message.hpp"
#include "sys/signal.hpp"

namespace healthcheck {
namespace {

using base::MessageBuilder;

MessageBuilder& begin_message() { return sys::begin_message(PROGRAM_NAME); }

// A broken or full standard error, or a terminal whose foreground group is another one, must not end or stop
// the program.
void send_message() {
  base::SignalSet before;
  static_cast<void>(sys::block_signals(base::SignalSet{}.with(SIGPIPE).with(SIGXFSZ).with(SIGTTOU), before));
  sys::send_message();
}

}  // namespace

void report(std::string_view text) {
  begin_message().add(text);
  send_message();
}

int report_usage_error(const Config& config, base::UsageError error) {
  if (config.hides_value) error.text = {};
  if (!config.expansion.unset_variable().empty()) error.text = config.expansion.unset_variable();
  base::add_usage_error(begin_message(), error);
  send_message();
  return 1;
}

int report_target_error(const Config& config, base::Problem problem, std::string_view target) {
  base::UsageError error;
  error.kind = base::UsageError::Subject::Variable;
  // A target with a user has a password too.
  error.subject = base::contains(target, '@') ? "TARGET" : target;
  error.problem = problem;
  return report_usage_error(config, error);
}

int print(std::string_view text) {
  auto written = sys::write(sys::standard_output, text);
  if (written) return 0;
  sys::add_probe_error_text(begin_message().add("standard output: "), written.error().code);
  send_message();
  return 1;
}

}  // namespace healthcheck

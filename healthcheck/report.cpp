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

// Writes the message of a usage error about this text of the user's.
int send_usage_error(const Config& config, const base::UsageError& error, std::string_view written) {
  MessageBuilder& message = base::add_usage_error(begin_message(), error);
  if (has_shell_variable(written) && config.expansion.unset_variable().empty())
    message.add(" (no shell expands $NAME here: write ${NAME})");
  send_message();
  return 1;
}

}  // namespace

void report(std::string_view text) {
  begin_message().add(text);
  send_message();
}

[[gnu::noinline]] void report_error(std::string_view subject, std::string_view action, base::Error error) {
  MessageBuilder& message = begin_message();
  if (!subject.empty()) message.add_escaped(subject).add(": ");
  sys::add_probe_error_text(message.add(action).add(": "), error.code);
  send_message();
}

int report_usage_error(const Config& config, const base::UsageError& error) {
  base::UsageError shown = error;
  if (config.display == Display::Hidden) shown.text = {};
  if (!config.expansion.unset_variable().empty()) shown.text = config.expansion.unset_variable();
  return send_usage_error(config, shown, error.text);
}

int report_target_error(const Config& config, base::Problem problem, std::string_view target) {
  const base::UsageError error{
      .problem = problem,
      .kind = base::UsageError::Subject::Variable,
      // A target with a user has a password too.
      .subject = base::contains(target, '@') ? "TARGET" : target,
      .text = config.expansion.unset_variable(),
  };
  return send_usage_error(config, error, target);
}

int print(std::string_view text) {
  auto written = sys::write(sys::standard_output, text);
  if (written) return 0;
  report_error({}, "standard output", written.error());
  return 1;
}

}  // namespace healthcheck

// Runs healthcheck and healthcheck-tls with each of its system calls failing in each way, in each of its
// phases.
#include <gtest/gtest.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ranges>

#include "calls.hpp"
#include "harness/process.hpp"
#include "harness/programs.hpp"
#include "matrix.hpp"
#include "phases.hpp"

namespace fault_test {
namespace {

using harness::Outcome;

// The extra time that a busy machine may need.
milliseconds slack() { return harness::allowance(milliseconds{500}); }

struct Ran {
  std::string program;
  Outcome outcome;
  Trace trace;
};

Ran run(const char* program, const Phase& phase, const Fault& fault = {}) {
  Scene scene;
  phase.set(scene);
  Injector injector{fault};
  std::vector<std::string> command{harness::shipped(program)};
  command.insert(command.end(), scene.arguments.begin(), scene.arguments.end());
  harness::Options options;
  options.base = harness::Environment::empty;
  options.before_exec = [&injector] { injector.install(); };
  Ran ran{program, {}, {}};
  ran.outcome = harness::run(command, options);
  ran.trace = injector.finish();
  return ran;
}

enum class Right { healthy, unhealthy, either };

bool is_for_ever(const Fault& fault) { return fault.count == for_ever; }

// Errors that are an answer, not a failure.
bool is_answer(const Fault& fault) {
  // The address belongs to this host: its ports are used up.
  if (fault.number == SYS_bind) return fault.error == EADDRINUSE;
  // The process exists and belongs to another user.
  return fault.number == SYS_tgkill && fault.error == EPERM;
}

bool is_heeded(const Fault& fault) {
  if (fault.number == SYS_ppoll) return fault.error == EINTR;
  // A hundred full backlogs take longer than the timeout.
  if (fault.number == SYS_connect) return fault.error == EAGAIN && fault.count == 1;
  return fault.error == EAGAIN && fault.number == SYS_sendto;
}

Right right_for(const Phase& phase, const Fault& fault) {
  // As far as can be known at this point, the process still exists.
  if (phase.status != 0 && fault.number == SYS_tgkill && is_answer(fault)) return Right::either;
  // The state of a process is optional, and if /proc does not tell, the process is taken to be alive.
  if (phase.status != 0)
    return fault.count == 1 && phase.needed.contains(fault.number) ? Right::either : Right::unhealthy;
  // There is no TLS without random bytes, and nothing asks for them again.
  if (fault.number == SYS_getrandom) return Right::unhealthy;
  if (!phase.needed.contains(fault.number)) {
    // If the probe waits for it longer than one round, the clock failure may use up the remaining rounds.
    const bool waits = std::string_view{phase.name}.starts_with("Waiting");
    return waits && fault.number == SYS_clock_gettime ? Right::either : Right::healthy;
  }
  if (is_answer(fault) || is_heeded(fault)) return Right::healthy;
  if (asks_again(fault.number, fault.error)) return Right::either;
  return is_for_ever(fault) || phase.needs == Needs::each ? Right::unhealthy : Right::either;
}

// Besides the text for an errno: the texts that it has for this call.
std::string meaning_of(const Fault& fault) {
  switch (fault.error) {
    case ECONNREFUSED:
      return "connection refused";
    case ECONNRESET:
      return "connection reset";
    case EADDRINUSE:
      return "no port is free";
    case EADDRNOTAVAIL:
      return fault.number == SYS_bind ? "not an address of this host" : "no port is free";
    case ENETUNREACH:
      return fault.number == SYS_connect ? "not an address of this host" : "";
    case EAFNOSUPPORT:
      return fault.number == SYS_socket ? "not an address of this host" : "";
    case ESRCH:
      return "is gone";
    default:
      return "";
  }
}

// Checks the reason that the message gives when the fault is the reason. Returns the mistake; empty if none.
std::string fault_of_reason(const Phase& phase, const Fault& fault, const Ran& ran) {
  const std::string& err = ran.outcome.err;
  if (err.contains(": cannot wait: no clock\n")) return fault.number == SYS_clock_gettime ? "" : "no clock";
  const std::string meaning = meaning_of(fault);
  if (!meaning.empty() && err.contains(meaning)) return "";
  // ::1 is an address of this host only if the namespace has IPv6.
  const bool lacks_ipv6 = fault.number == SYS_connect && fault.error == EADDRNOTAVAIL;
  if (lacks_ipv6 && err.contains("not an address of this host")) return "";
  if (const std::string words = std::strerror(fault.error); !err.contains(words))
    return "the message contains neither \"" + words + "\" nor \"" + meaning + "\"";
  if (phase.needed.contains(SYS_write))
    return err.contains("standard output: ") ? "" : "the message does not name standard output";
  // For a file or PID file, the target in the message already says what failed.
  if (err.contains("pid:///") || err.contains("file:///")) return "";
  if (err.contains(": cannot wait: ")) return fault.number == SYS_ppoll ? "" : "it can wait";
  for (const char* action : {": no random bytes: ", ": no time of day: ", ": connecting: ", ", connecting: ",
                             ": sending: ", ": waiting for "})
    if (err.contains(action)) return "";
  return "the message does not name the failed action";
}

// Returns whether the fault came after the message was made and just before it was written.
bool is_in_message(const Ran& ran) {
  const auto& calls = ran.trace.calls;
  const auto last = std::find_if(calls.rbegin(), calls.rend(),
                                 [](const Trace::Made& made) { return made.number == SYS_rt_sigprocmask; });
  return last != calls.rend() && ran.trace.at_fault > static_cast<std::size_t>(calls.rend() - last);
}

// Returns whether the last attempt, which begins with its socket, made the call that fails.
bool is_in_last_attempt(const Fault& fault, const Ran& ran) {
  for (const Trace::Made& made : ran.trace.calls | std::views::reverse) {
    if (made.number == fault.number) return true;
    if (made.number == SYS_socket) return false;
  }
  return true;
}

int lines_in(const std::string& text) { return static_cast<int>(std::ranges::count(text, '\n')); }

// Checks the message that says why it is unhealthy. Returns the mistake; empty if there is none.
std::string fault_of_line(const Phase& phase, const Fault& fault, const Ran& ran) {
  const std::string& err = ran.outcome.err;
  if (phase.says == Says::nothing) return err.empty() ? "" : "a message, although it should be quiet";
  const bool is_lost =
      is_full_pipe(fault) || (fault.number == SYS_write && (fault.count != 1 || is_in_message(ran)));
  if (is_lost && err.empty()) return "";
  const int before = phase.says == Says::three_lines ? 2 : 0;  // of the targets that were healthy
  if (lines_in(err) < 1 || lines_in(err) > 1 + before || !err.ends_with("\n")) return "not one line";
  if (!err.starts_with(ran.program + ": ")) return "a line of another program";
  if (err.size() > 500 && before == 0) return "a long line";
  // If the target would have been healthy, the fault must be the reason.
  if (phase.status != 0 || ran.trace.at_fault == 0) return "";
  const bool request_is_lost =
      fault.number == SYS_sendto && (fault.error == EPIPE || fault.error == ECONNRESET);
  if (request_is_lost) return "";
  if (asks_again(fault.number, fault.error) && err.contains("no answer within")) return "";
  if (fault.error == EINPROGRESS) return "";  // nothing can continue here
  // The line tells of the last attempt. That of --wait has an eighth of the time that is left, so it may end
  // before it makes the call.
  if (phase.waits() && !is_in_last_attempt(fault, ran) && err.contains("no answer within")) return "";
  return fault_of_reason(phase, fault, ran);
}

// Checks this run. Returns the mistake; empty if there is none.
std::string fault_of(const Phase& phase, const Fault& fault, const Ran& ran, std::size_t usual) {
  const Outcome& outcome = ran.outcome;
  if (outcome.signal != 0) return "killed by signal " + std::to_string(outcome.signal);
  if (outcome.status != 0 && outcome.status != 1) return "status " + std::to_string(outcome.status);
  const Right right = ran.trace.at_fault == 0 && phase.status == 0 ? Right::healthy : right_for(phase, fault);
  if (right == Right::healthy && outcome.status != 0) return "unhealthy";
  if (right == Right::unhealthy && outcome.status != 1) return "healthy";
  if (outcome.elapsed > phase.limit + slack()) return "too late";
  // Five calls of a round may be repeated; if the rounds fail sooner, there are more rounds.
  if (const std::size_t most = 4 * usual + 5 * often; ran.trace.calls.size() > most)
    return std::to_string(ran.trace.calls.size()) + " calls";
  const bool prints = phase.needed.contains(SYS_write);
  if (outcome.out.empty() != !(prints && outcome.status == 0)) return "standard output: " + outcome.out;
  if (outcome.status != 0) return fault_of_line(phase, fault, ran);
  const int lines = phase.says == Says::one_line ? 1 : phase.says == Says::three_lines ? 3 : 0;
  const bool may_lack = fault.number == SYS_write || is_full_pipe(fault);
  if (lines_in(outcome.err) > lines || (lines_in(outcome.err) < lines && !may_lack)) return "other lines";
  return "";
}

class HealthcheckFaults : public testing::TestWithParam<Phase> {};
class TlsFaults : public testing::TestWithParam<Phase> {};

struct Usual {
  const char* program;
  const Phase& phase;
  std::size_t calls;  // without a fault
};

// On a machine that was too busy, a run is repeated before its failure is believed.
constexpr int most_tries = 3;

void check(const Usual& usual, const Fault& fault) {
  std::string wrong, err;
  for (int tries = 0; tries < most_tries; ++tries) {
    const Ran ran = run(usual.program, usual.phase, fault);
    wrong = fault_of(usual.phase, fault, ran, usual.calls);
    err = ran.outcome.err;
    if (wrong.empty() || ran.outcome.elapsed < usual.phase.limit) break;
  }
  EXPECT_EQ(wrong, "") << err;
}

void check_all(const char* program, const Phase& phase) {
  Ran usual = run(program, phase);
  const auto was_late = [&] {
    return usual.outcome.status != phase.status && usual.outcome.elapsed >= phase.limit;
  };
  for (int tries = 1; tries < most_tries && was_late(); ++tries) usual = run(program, phase);
  ASSERT_EQ(usual.outcome.status, phase.status) << usual.outcome.err;
  run_matrix(phase.name, usual.trace,
             [&](const Fault& fault) { check({program, phase, usual.trace.calls.size()}, fault); });
}

TEST_P(HealthcheckFaults, EndWithoutHangCrashOrFalseVerdict) { check_all("healthcheck", GetParam()); }
TEST_P(TlsFaults, EndWithoutHangCrashOrFalseVerdict) { check_all("healthcheck-tls", GetParam()); }

INSTANTIATE_TEST_SUITE_P(In, HealthcheckFaults, testing::ValuesIn(healthcheck_phases()),
                         [](const auto& i) { return std::string{i.param.name}; });
INSTANTIATE_TEST_SUITE_P(In, TlsFaults, testing::ValuesIn(tls_phases()),
                         [](const auto& i) { return std::string{i.param.name}; });

Size size_of(const char* program, std::span<const Phase> phases) {
  Size size;
  for (const Phase& phase : phases) size.add(run(program, phase).trace);
  return size;
}

}  // namespace

Size size_of_healthcheck() { return size_of("healthcheck", healthcheck_phases()); }
Size size_of_healthcheck_tls() { return size_of("healthcheck-tls", tls_phases()); }

}  // namespace fault_test

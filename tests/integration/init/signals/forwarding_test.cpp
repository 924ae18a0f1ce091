// Tests which signals are forwarded, and to which processes: every signal that can be sent, in each scope.
#include <signal.h>

#include <algorithm>
#include <regex>

#include "supervised.hpp"

namespace init_test {
namespace {

using harness::testprog;

constexpr int last_signal = 64;

struct Scope {
  const char* option;
  std::size_t receivers;  // of the three processes that are started: PROGRAM, one in its group, one in
                          // another session
};
constexpr Scope scopes[] = {{"--single-child", 1}, {"--group", 2}, {"--all", 3}};

void PrintTo(const Scope& scope, std::ostream* out) { *out << scope.option; }

using Where = std::tuple<Place, Scope>;

class Forwarding : public testing::TestWithParam<Where> {
 protected:
  static Place place() { return std::get<0>(GetParam()); }
  static Scope scope() { return std::get<1>(GetParam()); }
};

std::string name_of(const testing::TestParamInfo<Where>& where) {
  const char* names[] = {"Program", "Group", "All"};
  const auto [place, scope] = where.param;
  return std::string{text_of(place)} + "To" + names[scope.receivers - 1];
}

INSTANTIATE_TEST_SUITE_P(In, Forwarding,
                         testing::Combine(testing::ValuesIn(places), testing::ValuesIn(scopes)), name_of);

std::vector<int> forwarded_signals() {
  std::vector<int> signals;
  for (int signal = 1; signal <= last_signal; ++signal) {
    if (signal != SIGKILL && signal != SIGSTOP && signal != SIGCHLD) signals.push_back(signal);
  }
  return signals;
}

// Three processes that report the signals they get; `receivers` of them are in the scope.
class Family {
 public:
  Family(Place place, Scope scope, const Words& more = {})
      : receivers_{scope.receivers}, init_{place, arguments(scope, more)} {
    for (int count = 0; count < 3; ++count) init_->wait_for_line("ready");
  }

  Supervised& init() { return init_; }

  // Takes the next lines of each receiver. No other line may come between them.
  void expect(int signal, const std::string& more = "code 0 value 0") {
    std::vector<std::string> want(receivers_, "signal " + std::to_string(signal) + " " + more);
    // A stop signal must reach stopped processes, too.
    if (signal == SIGTERM) want.insert(want.end(), receivers_, "signal 18 code 0 value 0");
    std::vector<std::string> got;
    for (std::size_t count = 0; count < want.size(); ++count)
      got.push_back(without_sender(init_->read_line()));
    std::ranges::sort(got);
    EXPECT_EQ(got, want);
  }

 private:
  static Words arguments(Scope scope, const Words& more) {
    Words all{scope.option};
    all.insert(all.end(), more.begin(), more.end());
    for (const char* word : {"sh", "-c", "$0 signals & setsid $0 signals & exec $0 signals"})
      all.emplace_back(word);
    all.push_back(testprog());
    return all;
  }

  static std::string without_sender(const std::string& line) {
    return std::regex_replace(line, std::regex{" pid \\d+"}, "");
  }

  std::size_t receivers_;
  Supervised init_;
};

TEST_P(Forwarding, EverySignalArrivesOnce) {
  Family family{place(), scope()};
  for (const int signal : forwarded_signals()) {
    family.init()->send(signal);
    family.expect(signal);
  }
  // If a signal had arrived twice, its second line would come before this one.
  family.init()->send(last_signal);
  family.expect(last_signal);
}

TEST_P(Forwarding, ValueArrivesWithItsSignal) {
  Family family{place(), scope()};
  for (const int signal : forwarded_signals()) {
    family.init()->send(signal, 1000 + signal);
    family.expect(signal, "code -1 value " + std::to_string(1000 + signal));
  }
}

TEST_P(Forwarding, RewrittenSignalArrivesWithItsValue) {
  Family family{place(), scope(), {"--rewrite=HUP:RTMIN+3,USR1:WINCH"}};
  family.init()->send(SIGHUP, 7);
  family.expect(37, "code -1 value 7");
  family.init()->send(SIGUSR1);
  family.expect(SIGWINCH);
}

TEST_P(Forwarding, RealTimeSignalsArriveInNumberAndOrder) {
  constexpr int rounds = 20;
  Words command{scope().option, "--", testprog(), "signals"};
  Supervised init{place(), command};
  init->wait_for_line("ready");
  for (int round = 0; round < rounds; ++round) {
    for (const int signal : {32, 33, 34, 40, 64}) init->send(signal, round);
  }
  // The lowest number comes first, as the kernel delivers pending signals; each number keeps its order.
  std::vector<int> next(last_signal + 1, 0);
  for (int count = 0; count < rounds * 5; ++count) {
    int signal = 0, value = -1;
    const std::string line = init->wait_for_line("signal");
    ASSERT_EQ(std::sscanf(line.c_str(), "signal %d code %*d pid %*d value %d", &signal, &value), 2) << line;
    EXPECT_EQ(value, next.at(static_cast<std::size_t>(signal))++) << line;
  }
  for (const int signal : {32, 33, 34, 40, 64}) EXPECT_EQ(next.at(static_cast<std::size_t>(signal)), rounds);
}

class Rewriting : public InBothPlaces {};
INSTANTIATE_IN_BOTH_PLACES(Rewriting);

struct Rewritten {
  const char* rule;
  int sent;
  int arrives;  // 0: none
};

constexpr Rewritten rewritten[] = {
    {"TERM:QUIT", SIGTERM, SIGQUIT},
    {"SIGTERM:SIGQUIT", SIGTERM, SIGQUIT},
    {"15:3", SIGTERM, SIGQUIT},
    {"term:quit", SIGTERM, SIGQUIT},
    {"HUP:RTMIN", SIGHUP, 34},
    {"HUP:RTMIN+3", SIGHUP, 37},
    {"HUP:SIGRTMAX", SIGHUP, 64},
    {"HUP:RTMAX-2", SIGHUP, 62},
    {"RTMIN+1:USR1", 35, SIGUSR1},
    {"RTMAX:USR2", 64, SIGUSR2},
    {"32:33", 32, 33},
    {"HUP:0", SIGHUP, 0},
    {"TERM:0", SIGTERM, 0},
    {"RTMIN:0", 34, 0},
    {"HUP:INT,INT:HUP", SIGHUP, SIGINT},
    {"HUP:INT,INT:HUP", SIGINT, SIGHUP},
    {"HUP:USR1,HUP:USR2", SIGHUP, SIGUSR2},
};

TEST_P(Rewriting, TakesNamesAndNumbers) {
  for (const Rewritten& want : rewritten) {
    Supervised init{GetParam(), {"--rewrite", want.rule, "--", testprog(), "signals"}};
    init->wait_for_line("ready");
    init->send(want.sent);
    if (want.arrives != 0) {
      const std::string line = init->read_line();
      EXPECT_TRUE(line.starts_with("signal " + std::to_string(want.arrives) + " ")) << want.rule << line;
    }
    // The dropped signal is not pending: the next line is this one, after the SIGCONT that follows a stop
    // signal.
    init->send(SIGURG);
    const std::string line = init->read_line();
    const bool stopped = want.sent == SIGTERM && want.arrives != 0;
    EXPECT_TRUE(line.starts_with(stopped ? "signal 18 " : "signal 23 ")) << want.rule << line;
  }
}

TEST_P(Rewriting, IsRepeatable) {
  Supervised init{GetParam(), {"-r", "HUP:USR1", "-rINT:USR2", "--", testprog(), "signals"}};
  init->wait_for_line("ready");
  init->send(SIGHUP);
  EXPECT_TRUE(init->read_line().starts_with("signal 10 "));
  init->send(SIGINT);
  EXPECT_TRUE(init->read_line().starts_with("signal 12 "));
}

TEST_P(Rewriting, RefusesInvalidRules) {
  for (const char* rule : {"TERM", "TERM:", ":TERM", "TERM:NOPE", "0:TERM", "65:TERM", "TERM:65",
                           "RTMIN+31:1", "RTMAX-31:1", "TERM:QUIT:INT", "TERM=QUIT", ""}) {
    const Outcome outcome = outcome_of(GetParam(), {"--rewrite", rule, "--", "true"});
    EXPECT_EQ(outcome.status, 125) << rule;
    EXPECT_EQ(outcome.err, "init: --rewrite: invalid FROM:TO '" + std::string{rule} + "'\n");
  }
}

harness::ContainerOptions without_proc() {
  harness::ContainerOptions options;
  options.proc = false;
  options.mounts = {{"", "/proc"}};
  return options;
}

// Without /proc the members of a group cannot be found, so the value is lost, but not the signal.
TEST_P(Rewriting, ReachesGroupWithoutProc) {
  Supervised init{GetParam(), {"--group", "--", testprog(), "signals"}, without_proc()};
  init->wait_for_line("ready");
  for (int round = 0; round < 2; ++round) {
    init->send(SIGHUP, 5);
    EXPECT_TRUE(init->read_line().starts_with("signal 1 "));
  }
  EXPECT_EQ(init->err(), "");
}

TEST_P(Rewriting, ReachesNamespaceOrGroupWithoutProc) {
  Supervised init{GetParam(), {"--all", "--", testprog(), "signals"}, without_proc()};
  init->wait_for_line("ready");
  init->send(SIGHUP);
  EXPECT_TRUE(init->read_line().starts_with("signal 1 "));
  EXPECT_EQ(init->err(),
            GetParam() == Place::first_process ? "" : "init: cannot use /proc: signalling groups only\n");
}

}  // namespace
}  // namespace init_test

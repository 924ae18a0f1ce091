// Tests every option by letter, long name and variable, and the command lines that users of other inits have.
#include <signal.h>

#include "harness/files.hpp"
#include "supervised.hpp"

namespace init_test {
namespace {

using harness::testprog;

// Valid values, and proof that the option was taken: an invalid value is refused and names the option.
struct Option {
  char letter;
  const char* name;
  const char* value;  // null for a switch
  const char* wrong;  // null: --together accepts any value
  const char* problem;
};

const char* const no_switch = "needs 1, 0, true or false, not";
const Option options[] = {
    {'g', "group", nullptr, "yes", no_switch},
    {'a', "all", nullptr, "yes", no_switch},
    {'r', "rewrite", "HUP:USR1", "HUP", "invalid FROM:TO"},
    {'S', "stop-signal", "RTMIN+3", "NOPE", "invalid signal"},
    {'d', "stop-delay", "250ms", "-1", "invalid duration"},
    {'k', "grace", "1.5s", "5x", "invalid duration"},
    {'D', "drain", "2m", "99999999999h", "invalid duration"},
    {'e', "exit-map", "143=0", "256", "invalid CODE[=NEW]"},
    {'p', "parent-death-signal", "SIGTERM", "0", "invalid signal"},
    {'P', "pause", nullptr, "yes", no_switch},
    {'w', "warn-reaped", nullptr, "yes", no_switch},
    {'v', "verbose", nullptr, "yes", no_switch},
    {'s', "subreaper", nullptr, "yes", no_switch},
    {'c', "single-child", nullptr, "yes", no_switch},
    {'t', "together", "::", nullptr, nullptr},
};

std::string variable_of(const Option& option) {
  std::string name = "DISTROLESS_INIT_";
  for (const char c : std::string{option.name}) name += c == '-' ? '_' : static_cast<char>(c & ~0x20);
  return name;
}

Outcome run_init(Words arguments, const Words& environment = {}) {
  harness::Options run;
  run.environment = environment;
  return outcome_of(Place::elsewhere, arguments, run);
}

// If --help follows, the option is parsed and nothing is started. The help text appears only if everything
// was valid.
void expect_taken(Words arguments, const Words& environment = {}) {
  arguments.emplace_back("-h");
  const Outcome outcome = run_init(arguments, environment);
  EXPECT_EQ(outcome.status, 0) << testing::PrintToString(arguments) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("Usage: init ")) << outcome.out;
  EXPECT_EQ(outcome.err, "");
}

void expect_wrong(const Words& arguments, const std::string& line, const Words& environment = {}) {
  const Outcome outcome = run_init(arguments, environment);
  EXPECT_EQ(outcome.status, 125) << testing::PrintToString(arguments);
  EXPECT_EQ(outcome.err, "init: " + line + "\n");
  EXPECT_EQ(outcome.out, "");
}

TEST(Options, AreTakenByLetterAndByName) {
  for (const Option& option : options) {
    const std::string letter = std::string{"-"} + option.letter, name = std::string{"--"} + option.name;
    if (option.value == nullptr) {
      expect_taken({letter});
      expect_taken({name});
    } else {
      expect_taken({letter + option.value});
      expect_taken({name + "=" + option.value});
      if (option.letter == 't') continue;  // its value is optional, so it never takes the next argument
      expect_taken({letter, option.value});
      expect_taken({name, option.value});
    }
  }
}

TEST(Options, RefuseAndQuoteInvalidValues) {
  for (const Option& option : options) {
    if (option.wrong == nullptr) continue;
    const std::string what = std::string{": "} + option.problem + " '" + option.wrong + "'";
    if (option.value != nullptr) {
      expect_wrong({std::string{"--"} + option.name + "=" + option.wrong, "true"},
                   std::string{"--"} + option.name + what);
      expect_wrong({std::string{"-"} + option.letter, option.wrong, "true"},
                   std::string{"-"} + option.letter + what);
    }
    const std::string variable = variable_of(option);
    expect_wrong({"true"}, variable + what, {variable + "=" + option.wrong});
    EXPECT_EQ(run_init({"--pause", "--version"}, {variable + "=" + option.wrong}).status, 0);
  }
}

TEST(Options, AreReadFromVariables) {
  for (const Option& option : options) {
    if (option.letter == 'P') continue;
    const std::string value = option.value == nullptr ? "1" : option.value;
    const Outcome outcome = run_init({testprog(), "exit", "7"}, {variable_of(option) + "=" + value});
    EXPECT_EQ(outcome.status, 7) << option.name << outcome.err;
  }
}

TEST(Options, SwitchesInVariablesAreOnOrOff) {
  for (const char* off : {"0", "false"})
    EXPECT_EQ(run_init({"true"}, {std::string{"DISTROLESS_INIT_VERBOSE="} + off}).err, "");
  for (const char* on : {"1", "true"})
    EXPECT_NE(run_init({"true"}, {std::string{"DISTROLESS_INIT_VERBOSE="} + on}).err, "");
  EXPECT_EQ(run_init({"true"}, {"DISTROLESS_INIT_PAUSE=0"}).status, 0);
}

TEST(Options, LongSwitchUndoesItsVariable) {
  for (const char* off : {"--verbose=0", "--verbose=false"})
    EXPECT_EQ(run_init({off, "true"}, {"DISTROLESS_INIT_VERBOSE=1"}).err, "");
  EXPECT_EQ(run_init({"-v", "--verbose=0", "true"}).err, "");
  EXPECT_NE(run_init({"--verbose=1", "true"}).err, "");
}

TEST(Options, EmptyVariablesAreNotSet) {
  for (const Option& option : options)
    EXPECT_EQ(run_init({testprog(), "exit", "7"}, {variable_of(option) + "="}).status, 7) << option.name;
}

TEST(Options, CommandLineWins) {
  EXPECT_EQ(run_init({"-e", "3=5", testprog(), "exit", "3"}, {"DISTROLESS_INIT_EXIT_MAP=3=4"}).status, 5);
  EXPECT_EQ(run_init({"--exit-map=9", testprog(), "exit", "3"}, {"DISTROLESS_INIT_EXIT_MAP=3=4"}).status, 3);
  // The variable of an option that the command line sets is not even parsed.
  EXPECT_EQ(run_init({"--grace=1s", "true"}, {"DISTROLESS_INIT_GRACE=nonsense"}).status, 0);
}

TEST(Options, ListsInVariablesAreSeparatedByCommas) {
  EXPECT_EQ(run_init({testprog(), "exit", "4"}, {"DISTROLESS_INIT_EXIT_MAP=3,4=9,5"}).status, 9);
  expect_wrong({"true"}, "DISTROLESS_INIT_EXIT_MAP: invalid CODE[=NEW] '3,x'",
               {"DISTROLESS_INIT_EXIT_MAP=3,x"});
}

TEST(Options, UnknownVariablesAreIgnored) {
  const Words kubernetes{"DISTROLESS_INIT_PORT=tcp://10.0.0.1:80",
                         "DISTROLESS_INIT_SERVICE_HOST=10.0.0.1",
                         "DISTROLESS_INIT_=1",
                         "DISTROLESS_INIT_HELP=1",
                         "DISTROLESS_INIT_VERSION=7",
                         "INITIAL=1",
                         "INIT_GRACE=the application's own",
                         "INIT_TOGETHER=1",
                         "DISTROLESS_INIT_GRACEFUL=x",
                         "DISTROLESS_INIT_grace=x"};
  const Outcome outcome = run_init({testprog(), "exit", "7"}, kubernetes);
  EXPECT_EQ(outcome.status, 7);
  EXPECT_EQ(outcome.out + outcome.err, "");
}

TEST(Options, UnknownOptionsAreRefused) {
  expect_wrong({"--nope", "true"}, "--nope: unknown option");
  expect_wrong({"--grac=1s", "true"}, "--grac: unknown option");
  expect_wrong({"-Z", "true"}, "-Z: unknown option");
  expect_wrong({"-vZ", "true"}, "-Z: unknown option");
  expect_wrong({"--group=yes", "true"}, "--group: needs 1, 0, true or false, not 'yes'");
  expect_wrong({"--grace"}, "--grace: needs a value");
  expect_wrong({"-k"}, "-k: needs a value");
}

TEST(Options, SwitchesCombine) {
  expect_taken({"-gvvw"});
  expect_taken({"-gk1s"});
  expect_taken({"-gk", "1s"});
}

TEST(Options, EndAtFirstOperandOrTwoDashes) {
  EXPECT_EQ(run_init({"echo", "-g", "--help", "--", "-v"}).out, "-g --help -- -v\n");
  EXPECT_EQ(run_init({"--", "echo", "--", "-g"}).out, "-- -g\n");
  EXPECT_EQ(run_init({"-g", "--", "--version"}).status, 127);
  EXPECT_EQ(run_init({"--", "-g"}).err, "init: cannot execute -g: No such file or directory\n");
  EXPECT_EQ(run_init({"-"}).err, "init: cannot execute -: No such file or directory\n");
}

TEST(Options, DurationsAreParsedAsDocumented) {
  for (const char* good : {"250ms", "10s", "1.5s", "2m", "1h", "3", "0", "0.25", "0s"})
    expect_taken({"--grace", good});
  for (const char* bad : {"", "-1", "+1", "1.", ".5", "1 s", "1d", "1e3", "0x1", "s", "1s2", "1.5.1",
                          "9223372036854775807", "99999999999999999999", "0.0000000001", "0.0000001ms"})
    expect_wrong({"--grace", bad, "true"}, "--grace: invalid duration '" + std::string{bad} + "'");
}

TEST(Options, HelpAndVersionGoToStandardOutput) {
  for (const char* help : {"-h", "--help"}) {
    const Outcome outcome = run_init({help, "--nope"});
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.err, "");
    for (const Option& option : options)
      EXPECT_TRUE(outcome.out.contains(std::string{"-"} + option.letter + ", --" + option.name))
          << option.name;
  }
  for (const char* version : {"-V", "--version"}) {
    const Outcome outcome = run_init({version});
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.out, "init 1.0.0\n");
    EXPECT_EQ(outcome.err, "");
  }
}

TEST(Options, EveryOptionIsTested) {
  std::size_t rows = 0;
  for (const std::string& line : lines_of(run_init({"--help"}).out)) rows += line.starts_with("  -") ? 1 : 0;
  EXPECT_EQ(rows, std::size(options) + 2);  // and the two above
}

// The lines are from the other inits' manuals: an ENTRYPOINT line moves over by changing the path.
TEST(Options, CommandLinesOfOtherInitsWork) {
  for (const char* line :
       {"-g -- $testprog exit 7", "-vv $testprog exit 7", "-p SIGTERM $testprog exit 7",
        "-s -e 143 $testprog exit 7", "-s -- $testprog exit 7", "-w -vvv -- $testprog exit 7",
        "-e 1 -e 2 $testprog exit 7", "--rewrite 15:3 $testprog exit 7", "-c -r TERM:QUIT $testprog exit 7",
        "-r 1:0 -r 2:0 -v $testprog exit 7", "--single-child --verbose $testprog exit 7",
        "-- $testprog exit 7"})
    EXPECT_EQ(run_init(words(line)).status, 7) << line;
}

}  // namespace
}  // namespace init_test

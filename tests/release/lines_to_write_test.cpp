// Every line that README.md and docs/migration.md tell users to write is understood by the shipped programs.
// It is a Dockerfile's or a manifest's, in docs/migration.md marked with a +, with the command as one JSON
// array; an ENV line is for those that follow.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <iterator>
#include <regex>
#include <sstream>

#include "harness/container.hpp"
#include "harness/files.hpp"
#include "harness/process.hpp"
#include "harness/programs.hpp"

namespace {

using Words = std::vector<std::string>;

struct Command {
  std::string line;
  Words words;
  Words environment;
};

Words words_of(const std::string& array) {
  static const std::regex element{R"re("((?:[^"\\]|\\.)*)")re"};
  Words words;
  for (std::sregex_iterator match{array.begin(), array.end(), element}, end; match != end; ++match)
    words.push_back(std::regex_replace((*match)[1].str(), std::regex{R"(\\(.))"}, "$1"));
  return words;
}

std::vector<Command> read_page(const std::string& name, const std::string& mark) {
  std::istringstream page{harness::read_file(SOURCE_DIR "/" + name)};
  std::vector<Command> commands;
  Words environment;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("```")) environment.clear();
    if (!std::regex_search(line, std::regex{mark})) continue;
    const std::size_t array = line.find('[');
    if (line.starts_with("+ENV ")) {
      std::istringstream settings{line.substr(5)};
      for (std::string setting; settings >> setting;) environment.push_back(setting);
    } else {
      commands.push_back({line, words_of(array == line.npos ? "" : line.substr(array)), environment});
    }
  }
  return commands;
}

// PROGRAM is not here: true is, and ends well.
Words with_true_as_program(Words words) {
  const auto dashes = std::find(words.begin(), words.end(), "--");
  if (dashes == words.end()) return words;
  words.erase(dashes + 1, words.end());
  words.emplace_back("/bin/true");
  return words;
}

void starts_and_ends_well(const Command& command) {
  Words words = with_true_as_program(command.words);
  words[0] = harness::shipped("init");
  // Blocked, a signal waits for init: --pause has to be told to stop, whatever init has got to.
  harness::Process init{words, {.environment = command.environment, .before_exec = [] {
                                  sigset_t stop;
                                  sigemptyset(&stop);
                                  sigaddset(&stop, SIGTERM);
                                  sigprocmask(SIG_BLOCK, &stop, nullptr);
                                }}};
  if (words.back() != "/bin/true") init.send(SIGTERM);
  const harness::Outcome outcome = init.wait();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
}

// In a network namespace where nothing listens: it has understood what to ask, and finds nobody to answer.
void asks_and_is_not_answered(const Command& command) {
  Words words = command.words;
  words[0] = harness::shipped("healthcheck");
  // Seconds of patience are spelled out in full by other tests.
  for (std::string& word : words) word = std::regex_replace(word, std::regex{"^(--wait=\\d+)s$"}, "$1ms");
  const harness::Outcome outcome = harness::run_as_init(
      words, {.network = harness::Network::own, .process = {.environment = command.environment}});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(std::regex_search(outcome.err, std::regex{": (connection refused|No such file)"}))
      << outcome.err;
}

TEST(LinesToWrite, AreUnderstood) {
  std::vector<Command> commands = read_page("docs/migration.md", "^\\+");
  std::ranges::copy(read_page("README.md", "\\[\"/(init|healthcheck)\""), std::back_inserter(commands));
  std::size_t inits = 0;
  std::size_t probes = 0;
  for (const Command& command : commands) {
    SCOPED_TRACE(command.line);
    ASSERT_FALSE(command.words.empty());
    if (command.words[0] == "/init") {
      ++inits;
      starts_and_ends_well(command);
    } else {
      ASSERT_EQ(command.words[0], "/healthcheck");
      ++probes;
      asks_and_is_not_answered(command);
    }
  }
  EXPECT_GE(inits, 12U);
  EXPECT_GE(probes, 16U);
}

TEST(LinesToWrite, AreSeenToBeWrong) {
  EXPECT_NONFATAL_FAILURE(starts_and_ends_well({"", {"/init", "--no-such", "--", "/app"}, {}}),
                          "unknown option");
  EXPECT_NONFATAL_FAILURE(starts_and_ends_well({"", {"/init", "--", "/app"}, {"INIT_GRACE=soon"}}), "soon");
  EXPECT_NONFATAL_FAILURE(asks_and_is_not_answered({"", {"/healthcheck", "--max-age=x", "file:///x"}, {}}),
                          "max-age");
}

}  // namespace

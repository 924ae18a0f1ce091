// Tests that the shipped programs understand every line that README.md and the pages in docs/ tell users to
// write. Such a line belongs to a Dockerfile or a manifest (in docs/migration.md it is marked with a +) and
// has the command as one JSON array; an ENV line applies to those that follow.
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

// PROGRAM is not installed here: true replaces it, and succeeds.
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
  // A blocked signal waits for init: --pause must be told to stop, however far init has come.
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

// Runs in a network namespace in which no process listens: healthcheck understands the target, and gets no
// answer.
void asks_and_is_not_answered(const Command& command) {
  Words words = command.words;
  words[0] = harness::shipped(words[0].substr(1));
  // Other tests cover timeouts of whole seconds.
  for (std::string& word : words) word = std::regex_replace(word, std::regex{"^(--wait=\\d+)s$"}, "$1ms");
  const harness::Outcome outcome = harness::run_as_init(
      words, {.network = harness::Network::own, .process = {.environment = command.environment}});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(std::regex_search(outcome.err, std::regex{": (connection refused|No such file)"}))
      << outcome.err;
}

TEST(LinesToWrite, AreAccepted) {
  std::vector<Command> commands = read_page("docs/migration.md", "^\\+");
  for (const char* page : {"README.md", "docs/kubernetes.md", "docs/reference.md"})
    std::ranges::copy(read_page(page, "\\[\"/(init|healthcheck|healthcheck-tls)\""),
                      std::back_inserter(commands));
  // The recipes' own test runs their health checks.
  std::ranges::copy(read_page("docs/recipes.md", "\\[\"/init\""), std::back_inserter(commands));
  std::size_t inits = 0;
  std::size_t probes = 0;
  for (const Command& command : commands) {
    SCOPED_TRACE(command.line);
    ASSERT_FALSE(command.words.empty());
    if (command.words[0] == "/init") {
      ++inits;
      starts_and_ends_well(command);
    } else {
      ASSERT_TRUE(command.words[0] == "/healthcheck" || command.words[0] == "/healthcheck-tls");
      ++probes;
      asks_and_is_not_answered(command);
    }
  }
  EXPECT_GE(inits, 12U);
  EXPECT_GE(probes, 16U);
}

TEST(LinesToWrite, MistakesAreDetected) {
  EXPECT_NONFATAL_FAILURE(starts_and_ends_well({"", {"/init", "--no-such", "--", "/app"}, {}}),
                          "unknown option");
  EXPECT_NONFATAL_FAILURE(starts_and_ends_well({"", {"/init", "--", "/app"}, {"DISTROLESS_INIT_GRACE=soon"}}),
                          "soon");
  EXPECT_NONFATAL_FAILURE(asks_and_is_not_answered({"", {"/healthcheck", "--max-age=x", "file:///x"}, {}}),
                          "max-age");
}

}  // namespace

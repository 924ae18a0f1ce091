// Runs the commands of the README's quick start, in their order, as a reader pastes them. Only the places are
// this test's: the clone's path, and the networks of an engine that has no bridge.
#include <gtest/gtest.h>

#include <iterator>
#include <regex>
#include <sstream>

#include "engines/suite.hpp"
#include "images/build.hpp"
#include "readme.hpp"

namespace engine {
namespace {

using Words = std::vector<std::string>;

std::vector<Words> quick_start() {
  std::istringstream lines{code_after("\n## Quick start\n")};
  std::vector<Words> commands;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    commands.emplace_back(std::istream_iterator<std::string>{words}, std::istream_iterator<std::string>{});
  }
  return commands;
}

class QuickStart : public testing::Test {
 protected:
  void TearDown() override { the_engine().call({"rm", "--force", "service"}); }

  static harness::Outcome run(Words words) {
    words.erase(words.begin());  // docker
    const std::string verb = words.front();
    words.erase(words.begin());
    if (verb == "build") {
      for (std::string& word : words) {
        if (word == ".") word = REPOSITORY;
        if (word == "Dockerfile.example") word = REPOSITORY "/Dockerfile.example";
      }
      run_build(the_engine(), words, "quick-start");
      harness::Outcome done;
      done.status = 0;
      return done;
    }
    if (verb == "run") {
      Words needed = the_engine().run_options();
      needed.emplace_back("--network=none");
      words.insert(words.begin(), needed.begin(), needed.end());
    }
    words.insert(words.begin(), verb);
    return the_engine().call(words);
  }
};

TEST_F(QuickStart, WorksAsPasted) {
  const std::vector<Words> commands = quick_start();
  ASSERT_EQ(commands.size(), 5U);
  std::string said;
  for (const Words& command : commands) {
    ASSERT_EQ(command.at(0), "docker");
    const harness::Outcome outcome = run(command);
    EXPECT_EQ(outcome.status, 0) << command.at(1) << ": " << outcome.err;
    said += outcome.out + outcome.err;
  }
  EXPECT_TRUE(std::regex_search(said, std::regex{R"(healthcheck: :8080/healthz: 200 OK \(\d+ ms\)\n)"}))
      << said;
  EXPECT_TRUE(said.ends_with("stopped with status 0\n")) << said;
  EXPECT_EQ(the_engine().ask({"inspect", "--format={{.State.ExitCode}}", "service"}), "0");
}

}  // namespace
}  // namespace engine

// Tests every line of docs/recipes.md with the real server: healthy while it serves, unhealthy while it is
// frozen, although its port still accepts connections.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <regex>
#include <set>

#include "harness/proc.hpp"
#include "harness/programs.hpp"
#include "recipe.hpp"

namespace recipes {
namespace {

using harness::Container;
using harness::Outcome;

const std::vector<Section>& sections() {
  static const std::vector<Section> all = read_sections(harness::read_file(SOURCE_DIR "/docs/recipes.md"));
  return all;
}

std::vector<Row> all_rows() {
  std::vector<Row> rows;
  for (const auto* group : {&stores, &gateways, &proxies, &daemons, &secured})
    rows.insert(rows.end(), group->begin(), group->end());
  return rows;
}

TEST(RecipesPage, HasARowForEachSection) {
  std::multiset<std::string> headings, tested;
  for (const Section& section : sections()) {
    headings.insert(section.heading);
    EXPECT_FALSE(section.lines.empty()) << section.heading;
  }
  for (const Row& row : all_rows()) tested.insert(row.heading);
  EXPECT_EQ(headings, tested);
}

class Recipes : public testing::TestWithParam<Row> {
 protected:
  const std::vector<Words>& lines() const {
    return std::ranges::find(sections(), GetParam().heading, &Section::heading)->lines;
  }

  // Runs a line, with more options in front of its own.
  Outcome probe(Words line, const Words& options = {}) {
    line[0] = harness::shipped(line[0].substr(1));
    line.insert(line.begin() + 1, options.begin(), options.end());
    Words environment{harness::unhurried};
    environment.insert(environment.end(), GetParam().environment.begin(), GetParam().environment.end());
    for (std::string& setting : environment)
      setting = std::regex_replace(setting, std::regex{"@"}, directory_.path().string());
    return container_.exec(line, {.environment = environment}).wait(std::chrono::seconds{90});
  }

  // The limit on the start of a service is the harness's own, which is longer on a slow machine.
  void expect_healthy(const Words& line) {
    const Outcome gate = probe(line, {"--wait=1h", "--interval=20ms"});
    ASSERT_EQ(gate.status, 0) << gate.err << container_.init().out() << container_.init().err();
    const Outcome outcome = probe(line);
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.err, "");
  }

  void expect_unhealthy(const Words& line, const Words& options, const std::string& reason) {
    const Outcome outcome = probe(line, options);
    EXPECT_EQ(outcome.status, 1);
    EXPECT_TRUE(outcome.err.contains(reason)) << outcome.err;
  }

  // The kernel goes on accepting connections for it.
  void freeze() {
    const std::vector<pid_t> members = container_.members();
    for (const pid_t pid : members) {
      if (pid == container_.pid()) continue;
      ::kill(pid, SIGSTOP);
      harness::eventually("it is stopped", [&] {
        const char state = harness::state_of(pid);
        return state == 'T' || state == 'Z' || state == '\0';
      });
    }
  }

  TemporaryDirectory directory_;
  Service service_ = GetParam().prepare(directory_);
  Container container_ = programs::under_init({"--grace=1s"}, service_.command, service_.container);
  std::vector<harness::Process> companions_;
};

TEST_P(Recipes, LineKnowsTheServiceFromOneThatOnlyListens) {
  for (const Words& line : lines()) {
    SCOPED_TRACE(testing::PrintToString(line));
    ASSERT_NO_FATAL_FAILURE(expect_healthy(line));
  }
  if (GetParam().break_service) {
    GetParam().break_service(container_, directory_, companions_);
    for (const Words& line : lines()) expect_unhealthy(line, {}, GetParam().reason);
    return;
  }
  freeze();
  for (const Words& line : lines()) {
    SCOPED_TRACE(testing::PrintToString(line));
    const harness::Limit limit{std::chrono::milliseconds{100}};
    expect_unhealthy(line, {"--timeout=" + limit.text()}, "no answer within " + limit.text());
    const std::string port =
        std::regex_replace(line.back(), std::regex{"^(?:http|https|grpcs|tls)(://[^/]*).*"}, "tcp$1");
    EXPECT_EQ(probe({line[0], port}).status, 0) << port;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, Recipes, testing::ValuesIn(all_rows()), [](const auto& row) {
  std::string name = row.param.heading;
  std::erase_if(name, [](unsigned char c) { return std::isalnum(c) == 0; });
  return name;
});

}  // namespace
}  // namespace recipes

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "init/config.hpp"

namespace init {
namespace {

Config parse(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "init");
  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  char* environment[] = {nullptr};
  Config config;
  base::OptionParser parser{option_table, &config, config.finished};
  bool ok = parser.parse(argv.data(), environment);
  base::MessageBuilder line;
  if (!ok) base::add_usage_error(line, parser.error());
  EXPECT_TRUE(ok) << line.text();
  return config;
}

TEST(InitOptions, DefaultsAreAsDocumented) {
  Config config = parse({});
  EXPECT_EQ(config.policy.scope, Scope::Program);
  EXPECT_EQ(config.policy.stop_signal, SIGTERM);
  EXPECT_EQ(config.policy.stop_delay, Duration{});
  EXPECT_EQ(config.policy.grace, Duration{});
  EXPECT_EQ(config.policy.drain, base::seconds(5));
  for (Signal signal = 1; signal <= base::last_signal; ++signal)
    EXPECT_EQ(config.policy.rewrite[signal], signal);
  for (int code = 0; code < 256; ++code)
    EXPECT_EQ(config.policy.exit_map[static_cast<std::uint8_t>(code)], code);
}

TEST(InitOptions, AreSetByTheirLetters) {
  Config config = parse({"-gawvvP", "-r", "HUP:0", "-S", "QUIT", "-d1s", "-k", "2s", "-D3s", "-e7", "-e",
                         "8=9", "-pKILL", "-t"});
  EXPECT_EQ(config.policy.scope, Scope::All);
  EXPECT_TRUE(config.warn_reaped);
  EXPECT_TRUE(config.policy.pause);
  EXPECT_EQ(config.verbosity, 2);
  EXPECT_EQ(config.policy.rewrite[SIGHUP], 0);
  EXPECT_EQ(config.policy.stop_signal, SIGQUIT);
  EXPECT_EQ(config.policy.stop_delay, base::seconds(1));
  EXPECT_EQ(config.policy.grace, base::seconds(2));
  EXPECT_EQ(config.policy.drain, base::seconds(3));
  EXPECT_EQ(config.policy.exit_map[7], 0);
  EXPECT_EQ(config.policy.exit_map[8], 9);
  EXPECT_EQ(config.policy.parent_death_signal, SIGKILL);
  EXPECT_EQ(config.separator, "::");
}

TEST(InitOptions, ListsMayBeSeparatedByCommas) {
  Config config = parse({"--rewrite=TERM:QUIT,15:3,RTMIN+1:RTMAX", "--exit-map=143,130=0,1=2"});
  EXPECT_EQ(config.policy.rewrite[SIGTERM], SIGQUIT);
  EXPECT_EQ(config.policy.rewrite[35], 64);
  EXPECT_EQ(config.policy.exit_map[143], 0);
  EXPECT_EQ(config.policy.exit_map[130], 0);
  EXPECT_EQ(config.policy.exit_map[1], 2);
}

TEST(InitOptions, SeparatorCanBeChosen) { EXPECT_EQ(parse({"--together=,"}).separator, ","); }

TEST(InitOptions, HelpFitsAScreen) {
  std::string_view help = option_table.help;
  std::size_t longest = 0, lines = 0;
  while (!help.empty()) {
    std::size_t end = help.find('\n');
    longest = std::max(longest, end);
    ++lines;
    help.remove_prefix(end + 1);
  }
  EXPECT_LE(longest, 84U);
  EXPECT_LE(lines, 30U);
}

}  // namespace
}  // namespace init

#include "base/signals.hpp"

#include <gtest/gtest.h>

#include <string>

namespace base {
namespace {

TEST(Signals, AreReadByNameNumberAndOffset) {
  struct Case {
    const char* text;
    Signal signal;
  };
  for (const Case& given : {
           Case{"TERM", 15}, {"SIGTERM", 15}, {"sigterm", 15},  {"term", 15},     {"15", 15},
           {"HUP", 1},       {"SYS", 31},     {"CHLD", 17},     {"KILL", 9},      {"1", 1},
           {"64", 64},       {"32", 32},      {"RTMIN", 34},    {"RTMIN+0", 34},  {"SIGRTMIN+3", 37},
           {"RTMAX", 64},    {"RTMAX-2", 62}, {"RTMIN+30", 64}, {"rtmax-30", 34},
       })
    EXPECT_EQ(parse_signal(given.text), given.signal) << given.text;
}

TEST(Signals, AnythingElseIsRefused) {
  for (const char* text : {"", "0", "65", "-1", "+15", "SIG", "SIGSIGTERM", "TER", "TERMX", "RTMIN+",
                           "RTMIN-1", "RTMAX+1", "RTMIN+31", "RTMAX-31", "RTMIN3", " TERM", "TERM ", "15x"})
    EXPECT_FALSE(parse_signal(text)) << text;
}

TEST(Signals, EveryNameReadsBackAsItsNumber) {
  for (Signal signal = 1; signal <= last_signal; ++signal) {
    MessageBuilder line;
    add_signal(line, signal);
    if (signal == 32 || signal == 33)
      EXPECT_EQ(line.text(), "SIG" + std::to_string(signal));
    else
      EXPECT_EQ(parse_signal(line.text()), signal) << line.text();
  }
}

TEST(SignalSet, HoldsAllSixtyFour) {
  SignalSet set;
  for (Signal signal = 1; signal <= last_signal; ++signal) {
    EXPECT_FALSE(set.has(signal));
    set = set.with(signal);
    EXPECT_TRUE(set.has(signal));
  }
  EXPECT_EQ(set, SignalSet::all());
}

}  // namespace
}  // namespace base

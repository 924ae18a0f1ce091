#include "base/proc_stat.hpp"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(ProcessFacts, AreReadFromStat) {
  ProcessFacts facts;
  ASSERT_TRUE(parse_stat("42 (worker) S 7 40 1 0 -1 4194304 100\n", facts));
  EXPECT_EQ(facts.name, "worker");
  EXPECT_EQ(facts.state, 'S');
  EXPECT_EQ(facts.parent, 7);
  EXPECT_EQ(facts.group, 40);
  EXPECT_FALSE(facts.is_dead());
}

TEST(ProcessFacts, NameMayHoldAnyBytes) {
  ProcessFacts facts;
  ASSERT_TRUE(parse_stat("42 (a) Z (b) ) Z 7 40 1", facts));
  EXPECT_EQ(facts.name, "a) Z (b) ");
  EXPECT_TRUE(facts.is_dead());
  EXPECT_EQ(facts.parent, 7);
}

TEST(ProcessFacts, OtherTextIsRefused) {
  ProcessFacts facts;
  for (const char* text : {"", "42", "42 (worker", "42 (worker)", "42 worker S 7 40"})
    EXPECT_FALSE(parse_stat(text, facts)) << text;
}

}  // namespace
}  // namespace base

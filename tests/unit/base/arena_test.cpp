#include "base/arena.hpp"

#include <gtest/gtest.h>

#include <string>

namespace base {
namespace {

TEST(Arena, ScopeFreesItsOwnText) {
  Arena arena;
  arena.add("kept");
  {
    Arena::Scope scope{arena};
    arena.add("gone");
    EXPECT_EQ(scope.text(), "gone");
  }
  EXPECT_EQ(arena.since(0), "kept");
}

TEST(Arena, OverflowInvalidatesUntilTheScopeEnds) {
  Arena arena;
  {
    Arena::Scope scope{arena};
    arena.add(std::string(Arena::capacity, 'x'));
    EXPECT_FALSE(arena.overflowed());
    EXPECT_EQ(scope.text().size(), Arena::capacity);
    arena.add('x');
    EXPECT_TRUE(arena.overflowed());
    EXPECT_EQ(scope.text(), "");
    arena.fill_in_length(0, 0);
  }
  EXPECT_FALSE(arena.overflowed());
  EXPECT_EQ(arena.size(), 0U);
}

TEST(Arena, LengthIsFilledInAfterItsText) {
  Arena arena;
  arena.add(std::string(2, '\0') + "--" + std::string(0x0102, 'x'));
  arena.fill_in_length(0, 2);
  EXPECT_EQ(arena.since(0).substr(0, 4), "\1\2--");
}

}  // namespace
}  // namespace base

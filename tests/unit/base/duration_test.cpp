#include "base/duration.hpp"

#include <gtest/gtest.h>

namespace base {
namespace {

constexpr std::int64_t second = 1'000'000'000;

struct Case {
  const char* text;
  std::optional<std::int64_t> nanoseconds;
};

TEST(Duration, IsParsedAsDocumented) {
  for (const Case& given : {
           Case{"250ms", second / 4},
           {"10s", 10 * second},
           {"10", 10 * second},
           {"1.5s", 3 * second / 2},
           {"1.5", 3 * second / 2},
           {"0.25", second / 4},
           {"0.001ms", 1000},
           {"2m", 120 * second},
           {"1h", 3600 * second},
           {"1.5h", 5400 * second},
           {"0", 0},
           {"0s", 0},
           {"00010", 10 * second},
           {"9223372036s", 9223372036 * second},
       }) {
    auto parsed = parse_duration(given.text);
    ASSERT_TRUE(parsed) << given.text;
    EXPECT_EQ(parsed->nanoseconds, given.nanoseconds) << given.text;
  }
}

TEST(Duration, RefusesEverythingElse) {
  for (const char* text : {"",
                           "s",
                           "ms",
                           ".",
                           ".5",
                           "5.",
                           "5.s",
                           "1..5",
                           "1.5.5",
                           "-1",
                           "+1",
                           " 1",
                           "1 ",
                           "1 s",
                           "1x",
                           "1sec",
                           "1S",
                           "1d",
                           "1us",
                           "1e3",
                           "0x10",
                           "inf",
                           "nan",
                           "1,5",
                           "9223372037s",
                           "99999999999999999999",
                           "9223372036854775808ms",
                           "153722867281m",
                           "0.00000000000000000000",
                           "0.0000000001",
                           "0.0000001ms",
                           "\xc2\xb2"})
    EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Duration, AddingSaturatesAtNever) {
  EXPECT_EQ(Instant{5} + Duration{6}, Instant{11});
  EXPECT_EQ(Instant{second} + Duration{std::numeric_limits<std::int64_t>::max()}, Instant::never());
  EXPECT_EQ(Instant{second} + Duration{-1}, Instant{second - 1});
}

}  // namespace
}  // namespace base

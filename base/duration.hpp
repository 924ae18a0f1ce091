// Durations as options take them: 250ms, 10s, 1.5s, 2m, 1h. A bare number is seconds.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "base/number.hpp"

namespace base {

struct Duration {
  std::int64_t nanoseconds = 0;

  constexpr explicit operator bool() const { return nanoseconds != 0; }
  friend constexpr auto operator<=>(Duration, Duration) = default;
};

constexpr Duration milliseconds(std::int64_t count) { return {count * 1'000'000}; }
constexpr Duration seconds(std::int64_t count) { return {count * 1'000'000'000}; }

// A point on the monotonic clock.
struct Instant {
  std::int64_t nanoseconds = 0;

  static constexpr Instant never() { return {std::numeric_limits<std::int64_t>::max()}; }
  friend constexpr auto operator<=>(Instant, Instant) = default;

  // Saturates: a delay of centuries is "never", not an overflow.
  [[gnu::noinline]] friend constexpr Instant operator+(Instant start, Duration delay) {
    Instant sum;
    return __builtin_add_overflow(start.nanoseconds, delay.nanoseconds, &sum.nanoseconds) ? never() : sum;
  }
  friend constexpr Duration operator-(Instant end, Instant start) {
    return {end.nanoseconds - start.nanoseconds};
  }
};

namespace detail {

// Returns the nanoseconds of one unit, or 0 if the text is not a unit.
constexpr std::int64_t unit_nanoseconds(std::string_view unit) {
  constexpr std::int64_t second = 1'000'000'000;
  if (unit == "ms") return second / 1000;
  if (unit.size() > 1) return 0;
  char letter = unit.empty() ? 's' : unit.front();
  return letter == 's' ? second : letter == 'm' ? 60 * second : letter == 'h' ? 3600 * second : 0;
}

}  // namespace detail

// Reads digits with at most one point between them, and a unit. Refuses everything else: also an overflow,
// and a positive duration below a nanosecond, because it would become 0, which means "none".
constexpr std::optional<Duration> parse_duration(std::string_view text) {
  std::int64_t digits = 0, divisor = 0;  // the number is digits / divisor; 0: there was no point
  char last = '.';
  while (!text.empty() && (is_digit(text.front()) || (text.front() == '.' && last != '.' && divisor == 0))) {
    last = text.front();
    text.remove_prefix(1);
    if (last == '.') {
      divisor = 1;
      continue;
    }
    if (__builtin_mul_overflow(digits, 10, &digits) || __builtin_add_overflow(digits, last - '0', &digits))
      return {};
    if (__builtin_mul_overflow(divisor, 10, &divisor)) return {};
  }
  std::int64_t unit = detail::unit_nanoseconds(text);
  if (last == '.' || unit == 0 || __builtin_mul_overflow(digits, unit, &digits)) return {};
  std::int64_t nanoseconds = divisor == 0 ? digits : digits / divisor;
  // A positive value must not become 0, which means "none".
  if (nanoseconds == 0 && digits != 0) return {};
  return Duration{nanoseconds};
}

}  // namespace base

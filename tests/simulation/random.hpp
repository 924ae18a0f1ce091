// splitmix64 (Steele, Lea and Flood, 2014): a small generator that gives the same numbers everywhere.
#pragma once

#include <array>
#include <cstdint>

namespace simulation {

class Random {
 public:
  constexpr explicit Random(std::uint64_t seed = 0) : state_(seed) {}

  constexpr std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }

  // From 0 to `end` - 1.
  constexpr std::int64_t below(std::int64_t end) {
    return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(end));
  }
  constexpr bool one_in(std::int64_t chances) { return below(chances) == 0; }

  template <class T, std::size_t size>
  constexpr T pick(const std::array<T, size>& values) {
    return values[static_cast<std::size_t>(below(size))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace simulation

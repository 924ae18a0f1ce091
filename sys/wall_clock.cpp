#include "sys/wall_clock.hpp"

#include "sys/clock.hpp"

namespace sys {

Result<std::int64_t> seconds_since_1970() {
  timespec time{};
  TRY(read_clock(CLOCK_REALTIME, time));
  return std::int64_t{time.tv_sec};
}

}  // namespace sys

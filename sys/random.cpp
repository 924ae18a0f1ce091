#include "sys/random.hpp"

#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace sys {

// Make a plain call: libc's function would be a cancellation point.
Status fill_random(std::span<std::uint8_t> bytes) {
  return succeeded(::syscall(SYS_getrandom, bytes.data(), bytes.size(), GRND_NONBLOCK));
}

}  // namespace sys

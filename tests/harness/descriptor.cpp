#include "harness/descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace harness {

int checked(int result, std::string_view what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), std::string{what});
  return result;
}

void Descriptor::close() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

Pipe make_pipe() {
  int ends[2];
  checked(::pipe2(ends, O_CLOEXEC), "pipe2");
  return {Descriptor{ends[0]}, Descriptor{ends[1]}};
}

Descriptor open_file(const std::string& path, int flags) {
  return Descriptor{checked(::open(path.c_str(), flags | O_CLOEXEC, 0644), "open " + path)};
}

void make_nonblocking(int descriptor) {
  const int flags = checked(::fcntl(descriptor, F_GETFL), "fcntl");
  checked(::fcntl(descriptor, F_SETFL, flags | O_NONBLOCK), "fcntl");
}

bool take_available(int descriptor, std::string& text) {
  char buffer[16'384];
  for (;;) {
    const ssize_t size = ::read(descriptor, buffer, sizeof buffer);
    if (size == 0) return false;
    if (size > 0) {
      text.append(buffer, static_cast<std::size_t>(size));
      continue;
    }
    if (errno == EAGAIN) return true;
    if (errno == EINTR) continue;
    // The master of a pseudo-terminal whose last slave is closed.
    if (errno == EIO) return false;
    checked(-1, "read");
  }
}

}  // namespace harness

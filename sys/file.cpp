#include "sys/file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>

namespace sys {

Result<Descriptor> open_file(const char* path, int flags) {
  return checked(
      static_cast<Descriptor>(::syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC | O_LARGEFILE)));
}

Result<Descriptor> open_to_read(const char* path) { return open_file(path, O_RDONLY); }

Result<Descriptor> open_directory(const char* path) { return open_file(path, O_RDONLY | O_DIRECTORY); }

Result<std::size_t> read_directory(Descriptor directory, std::span<char> buffer) {
  return checked(
      static_cast<std::size_t>(::syscall(SYS_getdents64, directory, buffer.data(), buffer.size())));
}

Result<std::size_t> read(Descriptor descriptor, std::span<char> buffer) {
  return checked(static_cast<std::size_t>(::read(descriptor, buffer.data(), buffer.size())));
}

Result<std::size_t> write(Descriptor descriptor, std::string_view text) {
  return checked(static_cast<std::size_t>(::write(descriptor, text.data(), text.size())));
}

void close(Descriptor descriptor) { ::close(descriptor); }

Status change_directory(const char* path) { return succeeded(::chdir(path)); }

Result<std::size_t> read_file(const char* path, std::span<char> buffer) {
  Descriptor file = TRY(open_to_read(path));
  auto length = read(file, buffer);
  close(file);
  return length;
}

void write_message(std::string_view line) {
  // A pipe is writable when it has room for PIPE_BUF bytes, which no line exceeds; so the write cannot wait.
  // Where the kernel refuses to tell, it is tried.
  pollfd standard{standard_error, POLLOUT, POLLOUT};
  std::array<long, 2> no_time{};
  ::syscall(SYS_ppoll, &standard, 1, no_time.data(), nullptr, 0);
  if ((standard.revents & POLLOUT) == 0) return;
  static_cast<void>(::write(standard_error, line.data(), line.size()));
}

}  // namespace sys

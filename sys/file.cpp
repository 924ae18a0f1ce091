#include "sys/file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/uio.h>
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
  return checked(static_cast<std::size_t>(::syscall(SYS_read, descriptor, buffer.data(), buffer.size())));
}

Result<std::size_t> write(Descriptor descriptor, std::string_view text) {
  return checked(static_cast<std::size_t>(::syscall(SYS_write, descriptor, text.data(), text.size())));
}

Status write_all(Descriptor descriptor, std::string_view text) {
  while (!text.empty()) {
    std::size_t written = TRY(write(descriptor, text));
    if (written == 0) return Error{EIO};
    text.remove_prefix(written);
  }
  return base::ok;
}

void close(Descriptor descriptor) { ::syscall(SYS_close, descriptor); }

Status change_directory(const char* path) { return succeeded(::syscall(SYS_chdir, path)); }

Result<std::size_t> read_file(const char* path, std::span<char> buffer) {
  Descriptor file = TRY(open_file(path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
  auto length = read(file, buffer);
  close(file);
  return length;
}

void write_message(std::string_view line) {
  // A pipe is writable when it has room for PIPE_BUF bytes, which no line exceeds. If the kernel refuses
  // ppoll, try the write anyway.
  pollfd standard{standard_error, POLLOUT, POLLOUT};
  std::array<long, 2> no_time{};
  ::syscall(SYS_ppoll, &standard, 1, no_time.data(), nullptr, 0);
  if ((standard.revents & POLLOUT) == 0) return;
  // Another writer may fill the pipe meanwhile, and a write would then wait for a reader.
#ifndef RWF_NOWAIT
  constexpr long RWF_NOWAIT = 8;
#endif
  const iovec text{const_cast<char*>(line.data()), line.size()};
  constexpr long current_position = -1;
  long written =
      ::syscall(SYS_pwritev2, standard_error, &text, 1, current_position, current_position, RWF_NOWAIT);
  if (written >= 0 || (errno == EAGAIN && ::lseek(standard_error, 0, SEEK_CUR) < 0)) return;
  // The kernel does not know the call (before 4.6), or the flag for pipes (before 6.5); or this is a file,
  // for which no writer has to wait for a reader.
  static_cast<void>(write(standard_error, line));
}

}  // namespace sys

#include "sys/file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace sys {

namespace {

// close_range(2) is of Linux 5.9, and a sandbox may not know it: then one by one, as far as any can be open.
void close_range(unsigned first, unsigned last) {
#ifndef SYS_close_range
  constexpr long SYS_close_range = 436;  // the same number on every architecture
#endif
  if (::syscall(SYS_close_range, first, last, 0) == 0) return;
  std::uint64_t limit[2] = {1 << 20, 0};  // the soft one, the hard one
  ::syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, nullptr, limit);
  for (unsigned one = first; one <= last && one < limit[0]; ++one) ::close(static_cast<Descriptor>(one));
}

}  // namespace

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

void close_all_but(Descriptor one, Descriptor other) {
  unsigned first = 0;
  auto low = static_cast<unsigned>(std::min(one, other)), high = static_cast<unsigned>(std::max(one, other));
  // An absent descriptor, -1, is the highest unsigned number.
  for (unsigned kept : {std::min(low, high), std::max(low, high)}) {
    if (first < kept) close_range(first, kept - 1);
    first = kept + 1;
  }
  if (first != 0) close_range(first, ~0U);
}

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

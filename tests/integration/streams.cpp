#include "integration/streams.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "harness/terminal.hpp"

namespace integration {
namespace {

using harness::Descriptor;

Descriptor copy_of(int descriptor) {
  return Descriptor{harness::checked(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0), "fcntl")};
}

Descriptor full_pipe() {
  static harness::Pipe pipe;  // its other end stays open, unread
  pipe = harness::make_pipe();
  fill(pipe.write_end.get());
  return copy_of(pipe.write_end.get());
}

// As after Ctrl-S.
Descriptor held_terminal() {
  static harness::Terminal terminal;
  harness::checked(::tcflow(terminal.program_end(), TCOOFF), "tcflow");
  return copy_of(terminal.program_end());
}

}  // namespace

// It is blocking afterwards, as a program finds it.
void fill(int descriptor) {
  harness::make_nonblocking(descriptor);
  const std::string block(4096, 'x');
  while (::write(descriptor, block.data(), block.size()) > 0) {
  }
  ::fcntl(descriptor, F_SETFL, 0);
}

const std::vector<Stream>& useless_streams() {
  static const std::vector<Stream> streams{
      {"a full pipe", full_pipe},
      {"a broken pipe", [] { return std::move(harness::make_pipe().write_end); }},
      {"a full device", [] { return harness::open_file("/dev/full", O_WRONLY); }},
      {"read only", [] { return harness::open_file("/dev/null", O_RDONLY); }},
      {"a held terminal", held_terminal},
  };
  return streams;
}

}  // namespace integration

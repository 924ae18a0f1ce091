#include "harness/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

namespace harness {

Terminal::Terminal() : our_end_{checked(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), "posix_openpt")} {
  checked(::unlockpt(our_end_.get()), "unlockpt");
  // Does not open it by name: /dev/pts may be another instance, or inaccessible to this user.
  const int other = ::ioctl(our_end_.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  program_end_ = Descriptor{checked(other, "TIOCGPTPEER")};
  make_nonblocking(our_end_.get());
}

Process Terminal::start(const std::vector<std::string>& arguments, Options options) {
  options.terminal = program_end_.get();
  return Process{arguments, options};
}

Container Terminal::start_container(const std::vector<std::string>& arguments, ContainerOptions options) {
  options.process.terminal = program_end_.get();
  return Container{arguments, options};
}

void Terminal::type(std::string_view keys) {
  while (!keys.empty()) {
    const ssize_t size = ::write(our_end_.get(), keys.data(), keys.size());
    if (size < 0 && errno != EINTR && errno != EAGAIN) checked(-1, "write to the terminal");
    if (size > 0) keys.remove_prefix(static_cast<std::size_t>(size));
    if (size < 0) take_in(1);
  }
}

void Terminal::take_in(int timeout) {
  pollfd watched{our_end_.get(), POLLIN, 0};
  const int ready = ::poll(&watched, 1, timeout);
  if (ready < 0 && errno != EINTR) checked(ready, "poll");
  take_available(our_end_.get(), transcript_);
}

std::string Terminal::expect(std::string_view text, std::chrono::milliseconds limit) {
  const Deadline deadline{limit};
  for (;;) {
    const std::size_t begin = transcript_.find(text, handed_out_);
    if (begin != std::string::npos) {
      std::string before = transcript_.substr(handed_out_, begin - handed_out_);
      handed_out_ = begin + text.size();
      return before;
    }
    if (deadline.passed()) break;
    take_in(deadline.poll_timeout());
  }
  throw std::runtime_error("timed out waiting for \"" + std::string{text} + "\" on the terminal:\n" +
                           transcript_);
}

const std::string& Terminal::transcript() {
  take_in(0);
  return transcript_;
}

pid_t Terminal::foreground_group() const { return checked(::tcgetpgrp(our_end_.get()), "tcgetpgrp"); }

void Terminal::hang_up() {
  program_end_.close();
  our_end_.close();
}

}  // namespace harness

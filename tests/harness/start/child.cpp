#include "harness/start/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace harness {
namespace {

// A program that has ended must not end the harness through SIGPIPE. Programs start with the default again.
[[maybe_unused]] const auto ignored = ::signal(SIGPIPE, SIG_IGN);

// The harness's end and the program's end of a stream; without a pipe, the program borrows the harness's.
struct Ends {
  Descriptor ours;
  Descriptor theirs;
  int number = -1;
};

Ends input_ends(const Options& options) {
  if (options.terminal >= 0) return {{}, {}, options.terminal};
  if (options.input_descriptor >= 0) return {{}, {}, options.input_descriptor};
  if (options.input == Input::pipe) {
    Pipe pipe = make_pipe();
    const int number = pipe.read_end.get();
    return {std::move(pipe.write_end), std::move(pipe.read_end), number};
  }
  Descriptor null = open_file("/dev/null", O_RDONLY);
  const int number = null.get();
  return {{}, std::move(null), number};
}

Ends output_ends(int terminal, int given) {
  if (terminal >= 0) return {{}, {}, terminal};
  if (given >= 0) return {{}, {}, given};
  Pipe pipe = make_pipe();
  make_nonblocking(pipe.read_end.get());
  const int number = pipe.write_end.get();
  return {std::move(pipe.read_end), std::move(pipe.write_end), number};
}

}  // namespace

Child::Child(const std::vector<std::string>& arguments, const Options& options, const Isolation* isolation,
             int join) {
  for (const std::string& argument : arguments) command_ += (command_.empty() ? "" : " ") + argument;
  Ends input = input_ends(options);
  Ends out = output_ends(options.terminal, options.output_descriptor);
  Ends err = output_ends(options.terminal, options.error_descriptor);
  // Taken before the launch: a busy machine may return late from it, and a minimum time would then seem too
  // short.
  started_ = Clock::now();
  launched_ = launch({arguments, options, input.number, out.number, err.number, isolation, join});
  input_ = std::move(input.ours);
  out_.pipe = std::move(out.ours);
  err_.pipe = std::move(err.ours);
}

Child::~Child() {
  if (ended_) return;
  ::kill(launched_.pid, SIGKILL);
  while (::waitpid(launched_.pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void Child::drain(Capture& capture) {
  if (capture.pipe.open() && !take_available(capture.pipe.get(), capture.text)) capture.pipe.close();
}

void Child::collect() {
  if (ended_) return;
  // ECHILD: the test has taken the status itself, and nothing here would ever come.
  if (checked(::waitpid(launched_.pid, &wait_status_, WNOHANG), "the end of " + command_) != launched_.pid)
    return;
  elapsed_ = Clock::now() - started_;
  ended_ = true;
  drain(out_);
  drain(err_);
}

bool Child::pump(const Deadline& deadline, const std::vector<int>& others) {
  std::vector<pollfd> watched;
  if (!ended_) watched.push_back({pidfd(), POLLIN, 0});
  if (out_.pipe.open()) watched.push_back({out_.pipe.get(), POLLIN, 0});
  if (err_.pipe.open()) watched.push_back({err_.pipe.get(), POLLIN, 0});
  for (const int other : others) watched.push_back({other, POLLIN, 0});
  const int timeout = deadline.poll_timeout();
  const int ready = ::poll(watched.data(), watched.size(), timeout);
  if (ready < 0 && errno != EINTR) checked(ready, "poll");
  collect();
  drain(out_);
  drain(err_);
  return ready != 0 || timeout != 0;
}

bool Child::next_line(Stream stream, std::string& line) {
  Capture& from = capture(stream);
  const std::size_t end = from.text.find('\n', from.handed_out);
  if (end == std::string::npos) return false;
  line = from.text.substr(from.handed_out, end - from.handed_out);
  from.handed_out = end + 1;
  return true;
}

void Child::send(int signal) const {
  checked(static_cast<int>(::syscall(SYS_pidfd_send_signal, pidfd(), signal, nullptr, 0)),
          "signal to " + command_);
}

std::string Child::describe() const {
  return command_ + "\n--- its output:\n" + out_.text + "--- its messages:\n" + err_.text + "---";
}

}  // namespace harness

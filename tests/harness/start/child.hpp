// Child: the state of a Process: its pidfd, its streams and, once it has ended, its status.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/deadline.hpp"
#include "harness/descriptor.hpp"
#include "harness/process.hpp"
#include "harness/start/launch.hpp"

namespace harness {

class Child {
 public:
  Child(const std::vector<std::string>& arguments, const Options& options, const Isolation* isolation,
        int join);
  ~Child();

  pid_t pid() const { return launched_.pid; }
  int pidfd() const { return launched_.pidfd.get(); }
  bool ended() const { return ended_; }
  int wait_status() const { return wait_status_; }
  Clock::duration elapsed() const { return elapsed_; }
  Descriptor& input() { return input_; }

  const std::string& text(Stream stream) const { return capture(stream).text; }
  bool at_end(Stream stream) const { return !capture(stream).pipe.open(); }
  bool next_line(Stream stream, std::string& line);

  // Waits for events of this child or of the other descriptors, and reads them all. Returns false if the
  // deadline passed.
  bool pump(const Deadline& deadline, const std::vector<int>& others = {});
  void send(int signal) const;
  // Reaps it if it has ended.
  void collect();

  // For messages: the command and its output.
  std::string describe() const;

 private:
  struct Capture {
    Descriptor pipe;
    std::string text;
    std::size_t handed_out = 0;
  };
  const Capture& capture(Stream stream) const { return stream == Stream::out ? out_ : err_; }
  Capture& capture(Stream stream) { return stream == Stream::out ? out_ : err_; }
  static void drain(Capture& capture);

  std::string command_;
  Descriptor input_;
  Capture out_;
  Capture err_;
  Launched launched_;
  Clock::time_point started_;
  Clock::duration elapsed_{};
  bool ended_ = false;
  int wait_status_ = 0;
};

}  // namespace harness

// Process: a program that a test has started, talks to and waits for.
//
//   Process cat{{"cat"}, {.input = Input::pipe}};
//   cat.type("hello\n");
//   cat.wait_for_line("hello");
//   cat.send(SIGTERM);
//   EXPECT_EQ(cat.wait().signal, SIGTERM);
//
//   EXPECT_EQ(run({shipped("init"), "false"}).status, 1);
//
// The constructor returns when the program has been executed, and throws if it could not be. Every wait has a
// limit and throws, with the program's whole output, if the limit passes. The destructor kills and reaps.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/deadline.hpp"
#include "harness/start/options.hpp"

namespace harness {

class Child;
struct Isolation;

struct Outcome {
  int status = -1;  // of exit, or -1 if a signal ended it
  int signal = 0;   // the signal that ended it, or 0
  std::string out;
  std::string err;
  Clock::duration elapsed{};  // from its start to its end
};

enum class Stream { out, err };

class Process {
 public:
  explicit Process(const std::vector<std::string>& arguments, const Options& options = {});
  // Starts it in new namespaces or, with a pidfd, in those of that process. For Container.
  Process(const std::vector<std::string>& arguments, const Options& options, const Isolation& isolation,
          int join = -1);
  Process(Process&&) noexcept;
  Process& operator=(Process&&) noexcept;
  ~Process();

  pid_t pid() const;
  int pidfd() const;
  bool running();

  void send(int signal) const;
  void send(int signal, int value) const;  // sigqueue

  void type(std::string_view text);  // to its standard input, with Input::pipe
  void close_input();

  // Returns the next line without its line feed. Each line of a stream is returned once, in order.
  std::string read_line(Stream stream = Stream::out, std::chrono::milliseconds limit = patience);
  // Reads lines up to the first that contains `text`, and returns that one.
  std::string wait_for_line(std::string_view text, Stream stream = Stream::out,
                            std::chrono::milliseconds limit = patience);
  // Waits until no process holds its captured streams any more, including children that it left behind.
  void wait_for_end_of_output(std::chrono::milliseconds limit = patience);
  void wait_until_stopped(std::chrono::milliseconds limit = patience);

  // Returns everything that has been written so far.
  const std::string& out();
  const std::string& err();

  // Waits until it has ended. The outcome has the output up to then, not the later output of its children.
  Outcome wait(std::chrono::milliseconds limit = patience);
  Outcome stop();  // SIGKILL, then wait

  std::shared_ptr<Child> child() const { return child_; }
  // Processes that must be reaped before this one can end, because they have joined the PID namespace whose
  // init it is.
  void add_companion(const std::shared_ptr<Child>& companion) { companions_.push_back(companion); }

 private:
  void reap_companions(const Deadline& deadline);

  std::shared_ptr<Child> child_;
  std::vector<std::weak_ptr<Child>> companions_;
};

Outcome run(const std::vector<std::string>& arguments, const Options& options = {},
            std::chrono::milliseconds limit = patience);

}  // namespace harness

// Terminal: a pseudo-terminal with the test at the keyboard, for job control.
//
//   Terminal terminal;
//   Process shell = terminal.start({"sh", "-i"});
//   terminal.expect("$ ");
//   terminal.type("sleep 100\n");
//   terminal.type(Terminal::ctrl_z);
//   terminal.expect("Stopped");
//
// Only expect() and transcript() empty it: a program that writes more than a few kilobytes waits for them.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "harness/container.hpp"
#include "harness/descriptor.hpp"
#include "harness/process.hpp"

namespace harness {

class Terminal {
 public:
  static constexpr std::string_view ctrl_c = "\x03";
  static constexpr std::string_view ctrl_d = "\x04";
  static constexpr std::string_view ctrl_z = "\x1a";
  static constexpr std::string_view ctrl_backslash = "\x1c";

  Terminal();

  // As session leader, with this as controlling terminal and as its three streams.
  Process start(const std::vector<std::string>& arguments, Options options = {});
  Container start_container(const std::vector<std::string>& arguments, ContainerOptions options = {});

  void type(std::string_view keys);
  // Reads up to the end of `text`, and returns what came before it. Output is handed out once.
  std::string expect(std::string_view text, std::chrono::milliseconds limit = patience);
  // All that has been written so far, carriage returns included.
  const std::string& transcript();

  pid_t foreground_group() const;
  // What a started program may be given as a stream: the program's end.
  int program_end() const { return program_end_.get(); }
  // As when the window is closed: SIGHUP to the session leader.
  void hang_up();

 private:
  void take_in(int timeout);

  Descriptor our_end_;
  Descriptor program_end_;
  std::string transcript_;
  std::size_t handed_out_ = 0;
};

}  // namespace harness

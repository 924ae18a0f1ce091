// Terminal: a pseudo-terminal with the test at the keyboard, for job control.
//
//   Terminal terminal;
//   Process shell = terminal.start({"sh", "-i"});
//   terminal.expect("$ ");
//   terminal.type("sleep 100\n");
//   terminal.type(Terminal::ctrl_z);
//   terminal.expect("Stopped");
//
// Only expect() and transcript() read from it: a program that writes more than a few kilobytes waits for
// them.
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

  // Starts it as session leader, with this as controlling terminal and as its three streams.
  Process start(const std::vector<std::string>& arguments, Options options = {});
  Container start_container(const std::vector<std::string>& arguments, ContainerOptions options = {});

  void type(std::string_view keys);
  // Reads up to the end of `text`, and returns the text before it. Output is returned once.
  std::string expect(std::string_view text, std::chrono::milliseconds limit = patience);
  // Everything that has been written so far, including carriage returns.
  const std::string& transcript();

  pid_t foreground_group() const;
  // A stream for a started program: the program's end.
  int program_end() const { return program_end_.get(); }
  // As if the window is closed: sends SIGHUP to the session leader.
  void hang_up();

 private:
  void take_in(int timeout);

  Descriptor our_end_;
  Descriptor program_end_;
  std::string transcript_;
  std::size_t handed_out_ = 0;
};

}  // namespace harness

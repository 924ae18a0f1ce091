// Options: how a process is started. The defaults suit most tests.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace harness {

enum class Environment { inherited, empty };
enum class Input { null, pipe };
enum class Session { same, own_group, own };

struct Options {
  std::vector<std::string> environment = {};  // NAME=value adds or replaces, NAME alone removes
  Environment base = Environment::inherited;
  std::string directory = {};
  Input input = Input::null;
  // If not -1, used in place of /dev/null or the capturing pipes.
  int input_descriptor = -1;
  int output_descriptor = -1;
  int error_descriptor = -1;
  Session session = Session::same;
  int terminal = -1;  // becomes 0, 1, 2 and the controlling terminal of a session of its own
  // Runs in the new process just before exec, with every signal at its default and unblocked, to set up
  // unusual states: ignored signals, or closed or added descriptors (all but 0, 1 and 2 close on exec). May
  // make only system calls.
  std::function<void()> before_exec = {};
  pid_t pid = 0;  // its PID inside, for Container::exec (Linux 5.5); 0: any
  // Killed when the thread that started it ends, so that a crash of the harness leaves nothing behind.
  bool dies_with_harness = true;
};

}  // namespace harness

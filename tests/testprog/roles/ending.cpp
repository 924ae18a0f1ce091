// Ways to end: a status, a signal, after a time.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.hpp"
#include "roles.hpp"
#include "signal_queue.hpp"

namespace testprog {

int exit_with(Arguments arguments) { return arguments.number(0); }

int kill_self(Arguments arguments) {
  const int signal = arguments.signal(0);
  ::signal(signal, SIG_DFL);
  unblock_all();
  kill(getpid(), signal);
  give_up("signal %d did not end me", signal);
}

int wait_ms(Arguments arguments) {
  const int time = arguments.number(0);
  say("ready");
  pause_for(time);
  return arguments.option("exit", 0);
}

int touch(Arguments arguments) {
  const char* path = arguments.operand(0);
  if (path == nullptr) give_up("no file named");
  const int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0 || futimens(file, nullptr) != 0) give_up("%s: %s", path, strerror(errno));
  close(file);
  return 0;
}

}  // namespace testprog

// Three processes: the parent, a child in a process group of its own, and an orphan in a session of its own.
// Each reports the signals that it gets, such as `session TERM`, and ends on --until, or on SIGTERM without
// that option.
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "report.hpp"
#include "roles.hpp"
#include "signal_queue.hpp"

namespace testprog {
namespace {

void tell(const SignalQueue& queue, const char* who, int until) {
  for (int signal = 0; signal != until;) {
    signal = static_cast<int>(queue.next().ssi_signo);
    if (signal != SIGCHLD) say("%s %s", who, name_of(signal));
  }
}

// A signal queue belongs to the process that reads it, so a child's own signals come out of the inherited
// one.
[[noreturn]] void play(const SignalQueue& queue, const char* who, int until, int ready) {
  say("%s pid %d", who, static_cast<int>(getpid()));
  close(ready);
  tell(queue, who, until);
  _exit(0);
}

}  // namespace

int tree(Arguments arguments) {
  const int until = arguments.signal_option("until", SIGTERM);
  const SignalQueue queue;
  int ready[2];
  if (pipe(ready) != 0) give_up("pipe: %s", strerror(errno));
  const pid_t child = fork();
  if (child < 0) give_up("fork: %s", strerror(errno));
  if (child == 0) {
    setpgid(0, 0);
    play(queue, "group", until, ready[1]);
  }
  if (fork_orphan()) {
    setsid();
    play(queue, "session", until, ready[1]);
  }
  close(ready[1]);
  char nothing;
  // The pipe's end of file: both have left and said so.
  while (read(ready[0], &nothing, 1) < 0 && errno == EINTR) {
  }
  close(ready[0]);
  say("ready");
  tell(queue, "parent", until);
  return 0;
}

}  // namespace testprog

// Reports every signal that arrives, with its code, sender and value. Ends on a line "quit" from stdin, after
// --count signals, or after the signal --until. With --leave-group it first joins its parent's process group.
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "report.hpp"
#include "roles.hpp"
#include "signal_queue.hpp"

namespace testprog {
namespace {

// Returns false if there is nothing more to read from stdin.
bool take_commands() {
  char text[64];
  const ssize_t size = read(0, text, sizeof text);
  if (size > 0 && memmem(text, static_cast<size_t>(size), "quit\n", 5) != nullptr) _exit(0);
  return size > 0;
}

}  // namespace

int signals(Arguments arguments) {
  const SignalQueue queue;
  const int until = arguments.signal_option("until", 0);
  int left = arguments.option("count", -1);
  if (arguments.has("leave-group") && setpgid(0, getpgid(getppid())) != 0)
    give_up("setpgid: %s", strerror(errno));
  pollfd watched[] = {{queue.descriptor(), POLLIN, 0}, {0, POLLIN, 0}};
  say("ready");
  while (left != 0) {
    if (poll(watched, 2, -1) < 0) continue;
    if (watched[1].revents != 0 && !take_commands()) watched[1].fd = -1;
    if (watched[0].revents == 0) continue;
    const signalfd_siginfo info = queue.next();
    say("signal %u code %d pid %u value %d", info.ssi_signo, info.ssi_code, info.ssi_pid, info.ssi_int);
    if (info.ssi_signo == static_cast<unsigned>(until)) break;
    if (left > 0) --left;
  }
  return 0;
}

}  // namespace testprog

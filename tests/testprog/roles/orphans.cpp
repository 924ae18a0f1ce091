// Leaves N orphans, each of which ends at once or after --live. Then it waits for SIGTERM, or ends with
// --leave.
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report.hpp"
#include "roles.hpp"
#include "signal_queue.hpp"

namespace testprog {

bool fork_orphan() {
  const pid_t between = fork();
  if (between < 0) give_up("fork: %s", strerror(errno));
  if (between == 0) {
    const pid_t orphan = fork();
    if (orphan < 0) give_up("fork: %s", strerror(errno));
    if (orphan == 0) return true;
    _exit(0);
  }
  while (waitpid(between, nullptr, 0) < 0 && errno == EINTR) {
  }
  return false;
}

int orphans(Arguments arguments) {
  const int count = arguments.number(0);
  const int life = arguments.option("live", 0);
  const int leave = arguments.option("leave", -1);
  const SignalQueue queue;
  for (int index = 0; index < count; ++index) {
    if (!fork_orphan()) continue;
    if (arguments.has("deaf")) signal(SIGTERM, SIG_IGN);
    if (arguments.has("print")) say("orphan %d", static_cast<int>(getpid()));
    unblock_all();
    pause_for(life);
    _exit(0);
  }
  say("done");
  if (leave >= 0) return leave;
  say("ready");
  queue.wait_for(SIGTERM);
  return 0;
}

}  // namespace testprog

// A child that needs MS milliseconds to stop after SIGTERM. The parent ends on SIGTERM, or at once with
// --detach.
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "report.hpp"
#include "roles.hpp"
#include "signal_queue.hpp"

namespace testprog {

int slow_helper(Arguments arguments) {
  const int time = arguments.number(0);
  // Blocks signals before the fork, so that an early SIGTERM waits for the child.
  const SignalQueue queue;
  const pid_t child = fork();
  if (child < 0) give_up("fork: %s", strerror(errno));
  if (child == 0) {
    queue.wait_for(SIGTERM);
    pause_for(time);
    say("helper done");
    _exit(0);
  }
  say("ready");
  if (!arguments.has("detach")) queue.wait_for(SIGTERM);
  return arguments.option("exit", 0);
}

}  // namespace testprog

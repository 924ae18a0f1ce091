// Ways not to end: stopped, or ignoring signals.
#include <signal.h>
#include <unistd.h>

#include "report.hpp"
#include "roles.hpp"
#include "signal_queue.hpp"

namespace testprog {
namespace {

[[noreturn]] void wait_for_ever() {
  for (;;) pause();
}

}  // namespace

// Stops itself; all other signals have their default effect.
int stopper(Arguments arguments) {
  const int signal = arguments.operand(0) == nullptr ? SIGSTOP : arguments.signal(0);
  unblock_all();
  say("ready");
  kill(getpid(), signal);
  say("continued");
  wait_for_ever();
}

int ignore(Arguments arguments) {
  for (int place = 0; arguments.operand(place) != nullptr; ++place) signal(arguments.signal(place), SIG_IGN);
  unblock_all();
  say("ready");
  wait_for_ever();
}

}  // namespace testprog

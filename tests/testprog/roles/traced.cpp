// Makes its parent its debugger, as programs do that want no other debugger. Every signal then stops it, even
// one that it ignores, until the debugger lets it continue.
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>

#include "report.hpp"
#include "roles.hpp"

namespace testprog {

int traced(Arguments arguments) {
  signal(SIGUSR1, SIG_IGN);
  if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) give_up("ptrace: %s", strerror(errno));
  raise(SIGUSR1);
  say("ready");
  return arguments.number(0);
}

}  // namespace testprog

// [ORPHANS]: leaves that many sleeping orphans, writes one byte when it is ready and one for each signal that
// arrives, and ends on SIGTERM.
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

void leave_orphan() {
  const pid_t between = fork();
  if (between < 0) _exit(3);
  if (between == 0) {
    const pid_t orphan = fork();
    if (orphan == 0) {
      for (;;) pause();
    }
    _exit(orphan < 0 ? 3 : 0);
  }
  int status = 0;
  if (waitpid(between, &status, 0) < 0 || status != 0) _exit(3);
}

}  // namespace

int main(int count, char** words) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, nullptr);
  for (int left = count > 1 ? atoi(words[1]) : 0; left > 0; --left) leave_orphan();
  if (write(1, "r", 1) != 1) return 1;
  for (;;) {
    const int signal = sigwaitinfo(&all, nullptr);
    if (signal == SIGTERM) return 0;
    if (signal > 0 && signal != SIGCHLD && write(1, "s", 1) != 1) return 1;
  }
}

// PROGRAM [ARGUMENT]...: the floor of an init's start-up: vfork, execve, wait, exit. It forwards and reaps
// nothing.
#include <sys/wait.h>
#include <unistd.h>

int main(int, char** words) {
  const pid_t child = vfork();
  if (child == 0) {
    execve(words[1], words + 1, environ);
    _exit(127);
  }
  siginfo_t ended;
  if (child < 0 || waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED) != 0) return 125;
  return ended.si_status;
}

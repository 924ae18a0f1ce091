// PROGRAM [ARGUMENT]...: the plainest loop that forwards and reaps, without init's other features.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int, char** words) {
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &before);
  const pid_t child = fork();
  if (child == 0) {
    sigprocmask(SIG_SETMASK, &before, nullptr);
    execvp(words[1], words + 1);
    _exit(127);
  }
  for (;;) {
    int signal = 0;
    sigwait(&all, &signal);
    if (signal != SIGCHLD) {
      kill(child, signal);
      continue;
    }
    int status = 0;
    for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;) {
      if (ended == child) return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
  }
}

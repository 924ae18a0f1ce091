// Fills whatever limits the number of processes with orphans. USR1 lets all of them go, USR2 fills it again;
// other signals are told as they come, and TERM ends it.
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report.hpp"
#include "roles.hpp"
#include "signal_queue.hpp"

namespace testprog {
namespace {

constexpr int most = 5000;  // where there is no limit

struct Crowd {
  int gate[2];  // its end lets them go
  int members = 0;
};

[[noreturn]] void stand(const Crowd& crowd) {
  char byte;
  close(crowd.gate[1]);
  unblock_all();
  while (read(crowd.gate[0], &byte, 1) < 0 && errno == EINTR) {
  }
  _exit(0);
}

// 0, or why there is no room for another. Its parent ends first, so it is the init's.
int add_member(Crowd& crowd) {
  const pid_t between = fork();
  if (between < 0) return errno;
  if (between == 0) {
    const pid_t member = fork();
    if (member == 0) stand(crowd);
    _exit(member < 0 ? errno : 0);
  }
  int status = 0;
  while (waitpid(between, &status, 0) < 0 && errno == EINTR) {
  }
  if (status == 0) ++crowd.members;
  return WEXITSTATUS(status);
}

// The last place has no room for two: a child of its own takes it.
int take_last_place(Crowd& crowd) {
  const pid_t last = fork();
  if (last == 0) stand(crowd);
  if (last > 0) ++crowd.members;
  return fork() < 0 ? errno : 0;
}

void gather(Crowd& crowd) {
  if (pipe(crowd.gate) != 0) give_up("pipe: %s", strerror(errno));
  crowd.members = 0;
  int error = 0;
  while (error == 0 && crowd.members < most) error = add_member(crowd);
  if (error != 0) error = take_last_place(crowd);
  if (error == 0) give_up("there is room for %d and more", crowd.members);
  say("full with %d: %s", crowd.members, strerror(error));
}

// The orphans are reaped by the init: until then there is no room.
void disperse(Crowd& crowd) {
  close(crowd.gate[1]);
  close(crowd.gate[0]);
  while (waitpid(-1, nullptr, 0) > 0 || errno == EINTR) {
  }
}

}  // namespace

int crowd(Arguments) {
  const SignalQueue queue;
  Crowd crowd;
  gather(crowd);
  for (;;) {
    const int signal = static_cast<int>(queue.next().ssi_signo);
    if (signal == SIGTERM) return 0;
    if (signal == SIGCHLD) continue;
    if (signal == SIGUSR1) {
      disperse(crowd);
      say("dispersed");
    } else if (signal == SIGUSR2) {
      gather(crowd);
    } else {
      say("signal %d", signal);
    }
  }
}

}  // namespace testprog

// Fills the limit on processes with orphans. SIGUSR1 ends all of them, SIGUSR2 fills it again; other signals
// are reported as they come, and SIGTERM ends it.
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

constexpr int most = 5000;  // if there is no limit

struct Crowd {
  int gate[2];  // closing it ends them
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

// Returns 0, or the errno that prevented another process. Its parent ends first, so init adopts it.
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

// The last place has no room for two: a child of this process takes it.
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

// init reaps the orphans: until then there is no room.
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

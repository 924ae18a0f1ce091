// A service that a probe checks for, or the remains of one: SIGUSR1 removes it and brings it back.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http.hpp"
#include "report.hpp"
#include "roles.hpp"
#include "signal_queue.hpp"

namespace testprog {
namespace {

int listen_on_port(const char* port) { return listen_on(atoi(port)); }

int listen_on_path(const char* path) {
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  if (bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener, 128) != 0) {
    give_up("%s: %s", path, strerror(errno));
  }
  return listener;
}

int create(const char* path) {
  const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) give_up("%s: %s", path, strerror(errno));
  return file;
}

// A child that waits to be killed, and its PID in the file.
int start_daemon(const char* path) {
  const pid_t daemon = fork();
  if (daemon < 0) give_up("fork: %s", strerror(errno));
  if (daemon == 0) {
    for (;;) pause();
  }
  const int file = create(path);
  say_to(file, "%d", static_cast<int>(daemon));
  close(file);
  return daemon;
}

void close_port(const char*, int listener) { close(listener); }

void close_and_remove(const char* path, int descriptor) {
  close(descriptor);
  unlink(path);
}

// Its file remains, as after a crash.
void kill_daemon(const char*, int daemon) {
  kill(daemon, SIGKILL);
  while (waitpid(daemon, nullptr, 0) < 0 && errno == EINTR) {
  }
}

struct Kind {
  const char* name;
  int (*appear)(const char* where);
  void (*vanish)(const char* where, int held);  // what appear() returned
};

constexpr Kind kinds[] = {
    {"tcp", listen_on_port, close_port},
    {"unix", listen_on_path, close_and_remove},
    {"file", create, close_and_remove},
    {"pid", start_daemon, kill_daemon},
};

const Kind& kind_named(const char* name) {
  for (const Kind& kind : kinds) {
    if (name != nullptr && strcmp(kind.name, name) == 0) return kind;
  }
  give_up("no such kind of service");
}

}  // namespace

int present(Arguments arguments) {
  const Kind& kind = kind_named(arguments.operand(0));
  const char* where = arguments.operand(1);
  if (where == nullptr) give_up("where?");
  const SignalQueue queue;
  bool there = !arguments.has("later");
  int held = there ? kind.appear(where) : -1;
  say("ready");
  for (;;) {
    const int signal = static_cast<int>(queue.next().ssi_signo);
    if (signal == SIGUSR1 || (signal == SIGTERM && there)) {
      if (there)
        kind.vanish(where, held);
      else
        held = kind.appear(where);
      there = !there;
    }
    if (signal == SIGTERM) return 0;
  }
}

}  // namespace testprog

// The sample application: a small HTTP server that stops, reloads and fails on request, and leaves orphans.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http.hpp"
#include "report.hpp"
#include "roles.hpp"
#include "signal_queue.hpp"

namespace testprog {
namespace {

constexpr int first_real_time = 32;  // the kernel's

struct App {
  bool healthy = true;
  int reloads = 0;
  int real_time = 0;  // signals, each of which arrives
  int stop_time = 0;
  long stop_at = -1;  // milliseconds of the monotonic clock; -1 until the first request
};

long now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<long>(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

void set_health(App& app, bool healthy) {
  app.healthy = healthy;
  say(healthy ? "healthy" : "unhealthy");
}

void on_signal(App& app, int signal) {
  if (signal == SIGHUP) {
    ++app.reloads;
    say("reloaded");
  } else if (signal == SIGUSR1) {
    set_health(app, !app.healthy);
  } else if (signal == SIGTERM && app.stop_at < 0) {
    say("stopping");
    app.stop_at = now() + app.stop_time;
  } else if (signal >= first_real_time) {
    ++app.real_time;
  }
}

void leave_orphans(int count) {
  for (int index = 0; index < count; ++index) {
    if (fork_orphan()) _exit(0);
  }
}

// Returns the number after `name` in the target, such as /status?code=503; -1 if the target is another.
int parameter(const char* target, const char* name) {
  const size_t size = strlen(name);
  return strncmp(target, name, size) == 0 ? atoi(target + size) : -1;
}

void on_request(App& app, int connection, const Request& request) {
  const char* target = request.target;
  char body[32] = "ok\n";
  int status = 200;
  if (strcmp(target, "/healthz") == 0 || strcmp(target, "/ready") == 0) {
    status = app.healthy ? 200 : 503;
    if (!app.healthy) strcpy(body, "failing\n");
  } else if (strcmp(target, "/fail") == 0 || strcmp(target, "/recover") == 0) {
    set_health(app, target[1] == 'r');
  } else if (const int code = parameter(target, "/status?code="); code >= 0) {
    status = code;
  } else if (const int count = parameter(target, "/orphans?count="); count >= 0) {
    leave_orphans(count);
  } else if (strcmp(target, "/reloads") == 0) {
    snprintf(body, sizeof body, "%d\n", app.reloads);
  } else if (strcmp(target, "/real-time") == 0) {
    snprintf(body, sizeof body, "received %d\n", app.real_time);
  } else {
    status = 404;
    strcpy(body, "not found\n");
  }
  answer(connection, request, status, body);
}

void serve_one(App& app, int listener) {
  const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
  if (connection < 0) return;
  Request request;
  if (read_request(connection, request)) on_request(app, connection, request);
  close(connection);
}

int time_left(const App& app) {
  if (app.stop_at < 0) return -1;
  const long left = app.stop_at - now();
  return left > 0 ? static_cast<int>(left) : 0;
}

}  // namespace

int app(Arguments arguments) {
  const SignalQueue queue;
  const int listener = listen_on(arguments.number(0));
  App app;
  app.healthy = !arguments.has("failing");
  app.stop_time = arguments.option("stop-time", 0);
  pollfd watched[] = {{queue.descriptor(), POLLIN, 0}, {listener, POLLIN, 0}};
  say("port %d", port_of(listener));
  say("ready");
  // It keeps serving while it stops, like an application that lets its clients leave.
  while (app.stop_at < 0 || time_left(app) > 0) {
    if (poll(watched, 2, time_left(app)) <= 0) continue;
    if (watched[0].revents != 0) on_signal(app, static_cast<int>(queue.next().ssi_signo));
    if (watched[1].revents != 0) serve_one(app, listener);
  }
  return arguments.option("exit", 0);
}

}  // namespace testprog

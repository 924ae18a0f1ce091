// A small TCP server, dynamically linked. It answers "ping" with "pong" and echoes any other line.
//
// Environment: PORT (7000). Signals: TERM and INT stop it.
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t stopped_by;

static void stop(int signal) { stopped_by = signal; }

static int listen_on(unsigned short port) {
  const struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  const int yes = 1;
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (server < 0 || setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
      bind(server, (const struct sockaddr*)&address, sizeof address) != 0 || listen(server, 64) != 0) {
    perror("server");
    exit(1);
  }
  return server;
}

static void answer(int server) {
  const struct timeval patience = {.tv_sec = 1};  // a silent client does not keep the others waiting for long
  const int client = accept4(server, NULL, NULL, SOCK_CLOEXEC);
  if (client < 0) return;
  setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  char line[256];
  const ssize_t size = recv(client, line, sizeof line, 0);
  const int is_ping = size == 5 && memcmp(line, "ping\n", 5) == 0;
  if (size > 0) send(client, is_ping ? "pong\n" : line, (size_t)size, MSG_NOSIGNAL);
  close(client);
}

int main(void) {
  const char* port = getenv("PORT");
  // Unblocked only while it waits: a signal that comes just before is not missed.
  sigset_t stops, none;
  sigemptyset(&none);
  sigemptyset(&stops);
  sigaddset(&stops, SIGTERM);
  sigaddset(&stops, SIGINT);
  sigprocmask(SIG_BLOCK, &stops, NULL);
  const struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);

  struct pollfd server = {.fd = listen_on((unsigned short)atoi(port ? port : "7000")), .events = POLLIN};
  puts("server: started");
  fflush(stdout);
  while (!stopped_by) {
    if (ppoll(&server, 1, NULL, &none) > 0) answer(server.fd);
  }
  printf("server: stopped by signal %d\n", stopped_by);
  return 0;
}

// A gRPC server with one call, the health check, and one answer, SERVING. SIGTERM ends it.
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http.hpp"
#include "report.hpp"
#include "roles.hpp"

namespace testprog {
namespace {

// HTTP/2 frames: SETTINGS; HEADERS with :status 200 and the content type; DATA with the message; HEADERS with
// grpc-status 0, which end it.
constexpr char answer[] =
    "\0\0\0\4\0\0\0\0\0"
    "\0\0\x14\1\4\0\0\0\1\x88\x0f\x10\x10"
    "application/grpc"
    "\0\0\7\0\0\0\0\0\1\0\0\0\0\2\x08\1"
    "\0\0\x0f\1\5\0\0\0\1\0\x0bgrpc-status\1"
    "0";

// The request is one write and is not parsed: it can only ask one thing.
void serve_one(int listener) {
  const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
  if (connection < 0) return;
  char bytes[4096];
  if (read(connection, bytes, sizeof bytes) > 0) send(connection, answer, sizeof answer - 1, MSG_NOSIGNAL);
  shutdown(connection, SHUT_WR);
  while (read(connection, bytes, sizeof bytes) > 0) {
  }
  close(connection);
}

}  // namespace

int grpc(Arguments arguments) {
  signal(SIGHUP, SIG_IGN);
  signal(SIGTERM, [](int) { _exit(0); });
  const int listener = listen_on(arguments.number(0));
  say("ready");
  for (;;) serve_one(listener);
}

}  // namespace testprog

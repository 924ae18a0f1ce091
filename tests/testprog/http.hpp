// As much HTTP as the sample application needs: one request a connection, answered and closed.
#pragma once

namespace testprog {

struct Request {
  char target[256];  // path and query
  bool head;
};

// Listens on every address, IPv6 and IPv4, or on IPv4 alone where the kernel has no IPv6. Gives up when it
// cannot.
int listen_on(int port);
int port_of(int listener);

// False when what came was no request; the connection is then only to be closed.
bool read_request(int connection, Request& request);
void answer(int connection, const Request& request, int status, const char* body);

}  // namespace testprog

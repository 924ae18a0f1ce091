// As much HTTP as the sample application needs: one request for each connection, answered and closed.
#pragma once

namespace testprog {

struct Request {
  char target[256];  // path and query
  bool head;
};

// Listens on every address, IPv6 and IPv4, or only on IPv4 if the kernel has no IPv6. Exits if it cannot.
int listen_on(int port);
int port_of(int listener);

// Returns false if the bytes were not a request; the connection must then be closed.
bool read_request(int connection, Request& request);
void answer(int connection, const Request& request, int status, const char* body);

}  // namespace testprog

#include "http.hpp"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "report.hpp"

namespace testprog {
namespace {

bool bound(int listener, const void* address, socklen_t size) {
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  return bind(listener, static_cast<const sockaddr*>(address), size) == 0 && listen(listener, 128) == 0;
}

int listen_on_both(int port) {
  const int listener = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) return -1;
  const int off = 0;
  setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(static_cast<uint16_t>(port));
  if (bound(listener, &address, sizeof address)) return listener;
  close(listener);
  return -1;
}

int listen_on_ipv4(int port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (!bound(listener, &address, sizeof address)) give_up("port %d: %s", port, strerror(errno));
  return listener;
}

const char* reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 404:
      return "Not Found";
    case 503:
      return "Service Unavailable";
    default:
      return "Status";
  }
}

}  // namespace

int listen_on(int port) {
  const int listener = listen_on_both(port);
  return listener >= 0 ? listener : listen_on_ipv4(port);
}

int port_of(int listener) {
  sockaddr_in6 address{};
  socklen_t size = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  // The port is at the same offset in both kinds of address.
  return ntohs(address.sin6_port);
}

bool read_request(int connection, Request& request) {
  // Accepts one connection at a time, but a silent one must not keep the others waiting.
  const timeval limit{1, 0};
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  char text[4096];
  size_t size = 0;
  while (memmem(text, size, "\r\n\r\n", 4) == nullptr) {
    if (size == sizeof text) return false;
    const ssize_t more = recv(connection, text + size, sizeof text - size, 0);
    if (more <= 0) return false;
    size += static_cast<size_t>(more);
  }
  text[size - 1] = '\0';
  char method[8];
  if (sscanf(text, "%7s %255s HTTP/1.", method, request.target) != 2) return false;
  request.head = strcmp(method, "HEAD") == 0;
  return true;
}

void answer(int connection, const Request& request, int status, const char* body) {
  char text[512];
  const int size = snprintf(text, sizeof text,
                            "HTTP/1.1 %d %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n"
                            "Connection: close\r\n\r\n%s",
                            status, reason_of(status), strlen(body), request.head ? "" : body);
  send(connection, text, static_cast<size_t>(size), MSG_NOSIGNAL);
}

}  // namespace testprog

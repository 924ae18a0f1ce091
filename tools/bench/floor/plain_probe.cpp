// 4|6|u PORT|PATH TARGET: the plainest GET that tells 200 from the rest. It has no deadline and checks
// nothing.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

int connected(const char* kind, const char* place) {
  union {
    sockaddr any;
    sockaddr_in four;
    sockaddr_in6 six;
    sockaddr_un path;
  } address{};
  socklen_t size = 0;
  const in_port_t port = htons(static_cast<in_port_t>(atoi(place)));
  if (*kind == '4') {
    address.four = {
        .sin_family = AF_INET, .sin_port = port, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    size = sizeof address.four;
  } else if (*kind == '6') {
    address.six.sin6_family = AF_INET6;
    address.six.sin6_port = port;
    address.six.sin6_addr.s6_addr[15] = 1;
    size = sizeof address.six;
  } else {
    address.path.sun_family = AF_UNIX;
    strncpy(address.path.sun_path, place, sizeof address.path.sun_path - 1);
    size = sizeof address.path;
  }
  const int connection = socket(address.any.sa_family, SOCK_STREAM, 0);
  return connect(connection, &address.any, size) == 0 ? connection : -1;
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  const int connection = connected(words[1], words[2]);
  if (connection < 0) return 1;
  char text[512];
  const int size = snprintf(text, sizeof text, "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n", words[3]);
  if (write(connection, text, static_cast<size_t>(size)) != size) return 1;
  if (read(connection, text, sizeof text) < 12) return 1;
  return memcmp(text + 8, " 200", 4) == 0 ? 0 : 1;
}

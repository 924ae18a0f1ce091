// The calls about sockets.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "simulation/healthcheck/request.hpp"
#include "simulation/healthcheck/world.hpp"
#include "simulation/trace.hpp"

namespace simulation {
namespace {

enum class Reach : std::uint8_t { Loopback, Own, Broadcast, Foreign };

Reach reach_of(const sockaddr& address) {
  if (address.sa_family == AF_INET6) {
    const in6_addr& in = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    if (IN6_IS_ADDR_LOOPBACK(&in)) return Reach::Loopback;
    return in.s6_addr[0] == 0xfd ? Reach::Own : Reach::Foreign;
  }
  std::uint32_t in = ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr);
  if (in >> 24 == 127) return Reach::Loopback;
  if (in == 0x0affffff) return Reach::Broadcast;
  return in == 0x0a000005 ? Reach::Own : Reach::Foreign;
}

int port_of(const sockaddr& address) { return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port); }

}  // namespace

int World::open(Descriptor kind) {
  if (descriptor != Descriptor::Closed) break_rule("two descriptors are open");
  descriptor = kind;
  return number;
}

int World::open_socket(int family, int type) {
  Visit& visit = rules.opens(now);
  if (visit.tries == 1 && rules.target().is_secure != std::exchange(is_prepared, false))
    break_rule("random bytes are missing, or nobody needs them");
  bool is_stream = rules.target().scheme != Scheme::Udp;
  if ((type & 0xff) != (is_stream ? SOCK_STREAM : SOCK_DGRAM)) break_rule("a socket of the wrong type");
  if ((type & SOCK_NONBLOCK) == 0) break_rule("a socket that blocks");
  bool refused = family == AF_INET6 && !settings.has_ipv6 && happens(2);
  if (refused || (settings.has_faults && happens(32))) {
    visit.has_failed = true;
    rules.closes(now);
    return fail(refused ? EAFNOSUPPORT : EMFILE);
  }
  socket = {};
  socket.family = family;
  socket.type = type & 0xff;
  return open(Descriptor::Socket);
}

int World::bind(const sockaddr& address) {
  if (port_of(address) != 0) break_rule("bound to a port");
  Reach reach = reach_of(address);
  int error = 0;
  if (reach == Reach::Foreign || (address.sa_family == AF_INET6 && !settings.has_ipv6))
    error = EADDRNOTAVAIL;
  else if (happens(16))
    error = EADDRINUSE;
  else if (settings.has_faults && happens(16))
    error = EACCES;
  socket.is_bound = error == 0 || error == EADDRINUSE;
  if (!socket.is_bound) rules.visit().has_failed = true;
  return error == 0 ? 0 : fail(error);
}

bool World::is_named(const sockaddr& address, socklen_t size) const {
  const Target& target = rules.target();
  if (address.sa_family != AF_UNIX) return port_of(address) == 1000 + target.number;
  const char* path = reinterpret_cast<const sockaddr_un&>(address).sun_path;
  if (has_host(target.scheme)) return settings.through_socket && std::strcmp(path, "/run/gateway") == 0;
  std::string number_text = std::to_string(target.number);
  bool is_abstract = target.text.contains('@');
  if (!is_abstract) return path == "/run/" + number_text;
  return std::string(path, size - sizeof(sa_family_t)) == std::string(1, '\0') + number_text;
}

bool World::is_address_of_name(const sockaddr& address) const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes = address.sa_family == AF_INET
                          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in&>(address).sin_addr)
                          : &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
  ::inet_ntop(address.sa_family, bytes, text.data(), text.size());
  return settings.address == text.data();
}

void World::meet(const Target& target) {
  ServerMaker maker{random, settings};
  const Service& service = services_[rules.visit().target];
  bool listens = socket.family == AF_UNIX || (socket.family == AF_INET ? service.on_ipv4 : service.on_ipv6);
  bool is_good = now >= service.good_from ? !happens(16) : happens(16);
  // A literal address is where its service listens.
  if (target.place != Place::Localhost) listens = true;
  socket.server = !listens ? maker.refusing(target) : is_good ? maker.good(target) : maker.bad(target);
  if (settings.through_socket && socket.server.connects == EINPROGRESS) socket.server.connects = ECONNREFUSED;
  show(socket.server.answer);
  if (target.is_secure && socket.server.is_client) {
    socket.server.answer = {};
    socket.server.answer.wrong_from = 0;
  } else if (target.is_secure) {
    socket.server.time_of_day = (now + boot) / second;
    socket.secure = std::make_unique<SecureServer>(random, settings, target, socket.server);
  }
  rules.visit().answer = socket.server.answer;
  rules.visit().is_client = socket.server.is_client;
}

int World::connect(const sockaddr& address, socklen_t size) {
  Visit& visit = rules.visit();
  if (!is_named(address, size)) break_rule("connects to another service");
  if (address.sa_family != AF_UNIX) {
    if (rules.target().place == Place::Named && !is_address_of_name(address))
      break_rule("connects to another address than the name has");
    Reach reach = reach_of(address);
    if (reach != Reach::Loopback && !socket.is_bound)
      break_rule("connects to an address that may not be local");
    if (reach == Reach::Broadcast) return visit.has_failed = true, fail(ENETUNREACH);
  }
  if (socket.state != Socket::State::Fresh) return finish_connecting();
  if (address.sa_family != AF_UNIX) std::memcpy(&socket.peer, &address, size);
  if (socket.begun == no_time) meet(rules.target());
  if (socket.server.full_backlog > 0) {
    --socket.server.full_backlog;
    socket.begun = now;
    return fail(EAGAIN);
  }
  if (address.sa_family == AF_INET6 && !settings.has_ipv6)
    return visit.has_failed = true, fail(EADDRNOTAVAIL);
  socket.begun = now;
  note("connect: server's answer is", socket.server.connects);
  if (socket.server.connects == EINPROGRESS) {
    socket.state = Socket::State::Connecting;
    return fail(EINPROGRESS);
  }
  if (socket.server.connects != 0) {
    visit.has_failed = true;
    return fail(socket.server.connects);
  }
  socket.server.accepts_after = 0;
  socket.state = Socket::State::Connected;
  visit.is_connected = socket.type == SOCK_STREAM;
  request_ended();
  return 0;
}

// The connection that was begun, as a later connect(2) or send(2) finds it.
int World::finish_connecting() {
  Visit& visit = rules.visit();
  if (socket.state == Socket::State::Failed) return fail(ECONNABORTED);
  if (socket.state == Socket::State::Connecting) {
    if (now < socket.begun + socket.server.accepts_after) return fail(EALREADY);
    if (socket.server.error != 0) {
      socket.state = Socket::State::Failed;
      visit.has_failed = true;
      return fail(socket.server.error);
    }
    socket.state = Socket::State::Connected;
    visit.is_connected = true;
    request_ended();
  }
  return 0;
}

int World::own_name(sockaddr* address) {
  if (settings.has_faults && happens(16)) return rules.visit().has_failed = true, fail(ENOBUFS);
  bool is_client = socket.server.is_client;
  sockaddr_in6 own = socket.peer;
  // Another address may have the same port.
  bool same_port = !is_client && happens(8);
  if (!is_client && !same_port) own.sin6_port = htons(40'000);
  if (same_port && socket.family == AF_INET) reinterpret_cast<sockaddr_in&>(own).sin_addr.s_addr ^= htonl(2);
  if (same_port && socket.family == AF_INET6) own.sin6_addr.s6_addr[15] ^= 2;
  std::memcpy(address, &own, socket.family == AF_INET ? sizeof(sockaddr_in) : sizeof own);
  return 0;
}

void World::close() {
  if (descriptor == Descriptor::Socket) {
    check_replies();
    check_farewell();
    if (socket.type == SOCK_DGRAM)
      check_refusal();
    else
      check_polite();
    rules.closes(now);
  }
  descriptor = Descriptor::Closed;
}

}  // namespace simulation

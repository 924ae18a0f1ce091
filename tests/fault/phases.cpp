#include "phases.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>

#include "../integration/healthcheck/probing.hpp"
#include "harness/answers/grpc_answers.hpp"

namespace fault_test {
namespace {

using harness::Connection;
using harness::Listener;
using harness::Server;
using healthcheck_test::answering;

const std::string well = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const std::string ill = "HTTP/1.1 503 Not yet\r\nContent-Length: 0\r\n\r\n";
const std::string chunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nrea\r\n2\r\ndy\r\n0\r\n\r\n";

void hold(Connection& connection) { connection.hold(); }

Server::Script redis() {
  return [](Connection& connection) {
    connection.read_until("PING\r\n");
    connection.write("+PONG\r\n");
    connection.hold();
  };
}

Server::Script calling(int status) {
  return [status](Connection& connection) {
    using namespace grpc_answers;
    connection.read_until("SM\r\n\r\n");
    connection.read_until("\0\1\0\0\0\1"s);
    connection.write(settings + headers + data(status) + good_end);
    connection.hold();
  };
}

std::function<void(Scene&)> plain(const char* line) {
  return [line](Scene& scene) { scene.arguments = {line}; };
}

// A target at an IPv4 server.
std::function<void(Scene&)> at(std::vector<std::string> options, std::string scheme, Server::Script script) {
  return [=](Scene& scene) {
    const Server& server = scene.serve(Listener::ipv4(), script);
    scene.arguments = options;
    scene.arguments.push_back(scheme + "://" + server.address());
  };
}

std::function<void(Scene&)> file(std::vector<std::string> options, int seconds_old) {
  return [=](Scene& scene) {
    harness::write_file(scene.path("ready"), "");
    const time_t then = ::time(nullptr) - seconds_old;
    const timespec old[2] = {{then, 0}, {then, 0}};
    harness::checked(::utimensat(AT_FDCWD, scene.path("ready").c_str(), old, 0), "utimensat");
    scene.arguments = options;
    scene.arguments.push_back("file://" + scene.path("ready"));
  };
}

// Unhealthy twice, then healthy.
void recovering(Scene& scene) {
  auto asked = std::make_shared<std::atomic<int>>(0);
  const Server::Script script = [asked](Connection& connection) {
    connection.read_until("\r\n\r\n");
    connection.write(++*asked < 3 ? ill : well);
    connection.read_to_end();
  };
  at({"-w500ms", "-i50ms"}, "http", script)(scene);
}

void pid_file(Scene& scene, pid_t pid) {
  harness::write_file(scene.path("pid"), std::to_string(pid) + "\n");
  scene.arguments = {"pid://" + scene.path("pid")};
}

// A PID that no process can have (proc(5): pid_max is at most 2 to the 22nd).
constexpr pid_t nobody = 0x7fffffff;

void over_ipv6(Scene& scene) {
  const Server& server = scene.serve(scene.only_ipv6(), answering(well));
  scene.arguments = {"-t1s", ":" + std::to_string(server.port()) + "/healthz"};
}

void over_unix_socket(Scene& scene) {
  scene.serve(Listener::unix_socket(scene.path("s")), answering(well));
  scene.arguments = {"-t1s", "--unix-socket", scene.path("s"), "http://docker/_ping"};
}

void unix_socket(Scene& scene) {
  scene.serve(Listener::unix_socket(scene.path("s")), redis());
  scene.arguments = {"-t1s", "--send=PING\\r\\n", "--expect=PONG", "unix://" + scene.path("s")};
}

void full_unix_socket(Scene& scene) { scene.arguments = {"-t100ms", "unix://" + scene.full_socket()}; }

void several(Scene& scene) {
  const Server& tcp = scene.serve(Listener::ipv6(), redis());
  const Server& http = scene.serve(Listener::ipv4(), answering(well));
  pid_file(scene, ::getpid());
  scene.arguments.insert(scene.arguments.begin(), {"-t1s", "-v", "--send=PING\\r\\n", "--expect=PONG",
                                                   "tcp://" + tcp.address(), http.url("/healthz")});
}

void until_the_end(Connection& connection) {
  connection.read_until("\r\n\r\n");
  connection.write("HTTP/1.0 200 OK\r\n\r\n");
  connection.drip("four", milliseconds{1});
}

void dripping(Connection& connection) {
  connection.drip("HTTP/1.1 200 " + std::string(10'000, 'o'), milliseconds{5});
}

void refused(Scene& scene) { scene.arguments = {"http://" + scene.refusing_address()}; }
void quiet_refused(Scene& scene) { scene.arguments = {"-q", "http://" + scene.refusing_address()}; }
void running(Scene& scene) { pid_file(scene, ::getpid()); }
void gone(Scene& scene) { pid_file(scene, nobody); }
void zombie(Scene& scene) { pid_file(scene, scene.zombie()); }
void no_file(Scene& scene) { scene.arguments = {"-w100ms", "-i20ms", "file:///no/such"}; }

void datagrams(Scene& scene) { scene.arguments = {"udp://" + scene.udp_port.emplace().address()}; }
void refused_datagram(Scene& scene) { scene.arguments = {"-t100ms", "udp://" + scene.refusing_address()}; }

// The healthy target needs no clock, so that the clock, which only shares the time, may fail.
void any_of_several(Scene& scene) {
  running(scene);
  scene.arguments.insert(scene.arguments.begin(), {"-t1s", "--any", "tcp://" + scene.refusing_address()});
}

void one_of_several(Scene& scene) {
  file({}, 0)(scene);
  scene.arguments.push_back("tcp://" + scene.refusing_address());
  scene.arguments.push_back("file://" + scene.path("never"));
}

using Calls = std::set<int>;
const Calls none;
const Calls unix_stream = {SYS_socket, SYS_connect, SYS_sendto, SYS_ppoll, SYS_read};
const Calls stream = {SYS_socket, SYS_bind, SYS_connect, SYS_sendto, SYS_ppoll, SYS_read};
const Calls connection = {SYS_socket, SYS_bind, SYS_connect, SYS_ppoll, SYS_getsockname};
const Calls datagram = {SYS_socket, SYS_connect, SYS_sendto, SYS_ppoll, SYS_read, SYS_getsockname};
const Calls age = {SYS_newfstatat, SYS_clock_gettime};
const Calls process = {SYS_openat, SYS_read, SYS_tgkill};
const Calls raw_stream = {SYS_socket, SYS_bind, SYS_connect,    SYS_sendto,
                          SYS_ppoll,  SYS_read, SYS_getsockname};
const Calls all = {SYS_socket, SYS_bind,   SYS_connect, SYS_sendto,     SYS_ppoll,
                   SYS_read,   SYS_openat, SYS_tgkill,  SYS_getsockname};

const milliseconds moment{100}, second{1000};

const Phase phases[] = {
    {"Help", plain("--help"), 0, {SYS_write}},
    {"Version", plain("--version"), 0, {SYS_write}},
    {"WrongUse", plain("--no-such"), 1, none},
    {"WrongTarget", plain("https://127.0.0.1/"), 1, none},
    {"Http", at({"-t1s"}, "http", answering(well)), 0, stream},
    {"HttpOverIpv6", over_ipv6, 0, stream, Needs::some},
    {"HttpOverUnixSocket", over_unix_socket, 0, unix_stream},
    {"HttpChunkedBody", at({"-t1s", "--body=ready"}, "http", answering(chunked)), 0, stream},
    {"HttpUntilTheEnd", at({"-t1s"}, "http", until_the_end), 0, stream, Needs::some},
    {"Http503", at({"-t1s"}, "http", answering(ill)), 1, none},
    {"Refused", refused, 1, none},
    {"Silent", at({"-t100ms"}, "http", hold), 1, none, Needs::each, moment},
    {"Dripping", at({"-t100ms"}, "http", dripping), 1, none, Needs::each, moment},
    // After the verdict, the rest that the service sends is read, and may fail to be.
    {"Tcp", at({"-t1s"}, "tcp", hold), 0, connection, Needs::some},
    {"TcpExpecting", at({"-t1s", "--send=PING\\r\\n", "--expect=PONG"}, "tcp", redis()), 0, raw_stream,
     Needs::some},
    {"Udp", datagrams, 0, datagram, Needs::some},
    {"UdpRefused", refused_datagram, 1, datagram, Needs::each, moment},
    {"Unix", unix_socket, 0, unix_stream, Needs::some},
    {"UnixFull", full_unix_socket, 1, none, Needs::each, moment},
    {"GrpcServing", at({"-t1s"}, "grpc", calling(1)), 0, stream, Needs::some},
    {"GrpcNotServing", at({"-t1s"}, "grpc", calling(2)), 1, none},
    {"FileYoung", file({"--max-age=1m"}, 30), 0, age},
    {"FileOld", file({"--max-age=1m"}, 90), 1, none},
    {"FileMissing", plain("file:///no/such"), 1, none},
    // If the kernel does not tell whether the process has ended, /proc is asked.
    {"Pid", running, 0, process, Needs::some},
    {"PidGone", gone, 1, none},
    {"PidZombie", zombie, 1, none},
    {"Several", several, 0, all, Needs::some, second, Says::three_lines},
    {"OneOfSeveral", one_of_several, 1, none},
    {"AnyOfSeveral", any_of_several, 0, process, Needs::some},
    {"WaitingForHttp", recovering, 0, stream, Needs::some, milliseconds{500}},
    {"WaitingForHttpInVain", at({"-w100ms", "-i20ms"}, "http", answering(ill)), 1, none, Needs::each, moment},
    {"WaitingForAFileInVain", no_file, 1, none, Needs::each, moment},
    {"WaitingInSilence", at({"-w100ms", "-i20ms", "-t0"}, "http", hold), 1, none, Needs::each, moment},
    {"Verbose", at({"-t1s", "-v"}, "http", answering(well)), 0, stream, Needs::some, second, Says::one_line},
    {"QuietHttp", at({"-t1s", "-q"}, "http", answering(well)), 0, stream, Needs::each, second, Says::nothing},
    {"QuietRefused", quiet_refused, 1, none, Needs::each, second, Says::nothing},
};

}  // namespace

std::span<const Phase> healthcheck_phases() { return phases; }

}  // namespace fault_test

// Tests that healthcheck, once it probes, can do what its targets need and nothing else.
#include "healthcheck/probe/confinement.hpp"

#include <unistd.h>

#include <atomic>

#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "integration/confined.hpp"
#include "probing.hpp"

namespace healthcheck_test {
namespace {

using healthcheck::Scheme;

std::set<std::string> needed_by(healthcheck::Schemes schemes) {
  std::set<std::string> names;
  for (const auto& row : healthcheck::needed_calls)
    if ((row.schemes & schemes) != 0) names.insert(row.call.name);
  return names;
}

struct Path {
  std::vector<std::string> arguments;
  healthcheck::Schemes schemes;
};

void expect_inside_the_list(const Path& path) {
  const harness::TemporaryDirectory directory;
  const std::string trace = directory / "trace";
  Words command{"strace", "-qq", "-o", trace, harness::shipped("healthcheck")};
  command.insert(command.end(), path.arguments.begin(), path.arguments.end());
  harness::run(command);
  const std::set<std::string> needed = needed_by(path.schemes);
  const std::set<std::string> calls = integration::calls_after_filter(harness::read_file(trace));
  EXPECT_TRUE(calls.contains("exit_group")) << path.arguments.back();
  for (const std::string& call : calls)
    EXPECT_TRUE(needed.contains(call)) << path.arguments.back() << ": " << call;
}

TEST(Confinement, EveryPathStaysInside) {
  Server http{Listener::ipv4(), answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")};
  Server ill{Listener::ipv6(), answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")};
  Server silent{Listener::ipv4(), [](Connection& probe) { probe.hold(); }};
  const harness::TemporaryDirectory directory;
  const std::string path = directory / "socket";
  Server local{Listener::unix_socket(path), answering("HTTP/1.1 200 OK\r\n\r\n")};
  harness::write_file(directory / "pid", std::to_string(::getpid()) + "\n");
  const std::string pid_file = "pid://" + (directory / "pid").string();
  const std::string tcp = "tcp://" + http.address();
  const auto port = std::to_string(http.port());
  constexpr auto web = healthcheck::set_of(Scheme::Http), raw = healthcheck::set_of(Scheme::Tcp);
  constexpr auto rpc = healthcheck::set_of(Scheme::Grpc), local_socket = healthcheck::set_of(Scheme::Unix);
  constexpr auto file = healthcheck::set_of(Scheme::File), process = healthcheck::set_of(Scheme::Pid);
  const Path paths[] = {
      {{http.url()}, web},
      {{"-v", "--body=ok", http.url()}, web},
      {{"http://localhost:" + port + "/"}, web},
      {{"-v", ill.url()}, web},
      {{"--timeout=50ms", silent.url()}, web},
      {{"--wait=300ms", "--interval=50ms", ill.url()}, web},
      {{"http://127.0.0.1:" + std::to_string(harness::closed_port())}, web},
      {{"http://192.0.2.1:80/"}, web},
      {{"--unix-socket=" + path, "http://localhost/"}, web},
      {{"grpc://" + http.address()}, rpc},
      {{"-v", tcp}, raw},
      {{"--send=x\\r\\n\\r\\n", "--expect=200", tcp}, raw},
      {{"-v", "unix://" + path}, local_socket},
      {{"-v", "file:///etc/passwd"}, file},
      {{"file:///nowhere"}, file},
      {{"--max-age=1s", "file:///etc/passwd"}, file},
      {{"-v", pid_file}, process},
      {{"pid:///nowhere"}, process},
      {{"-v", http.url(), "file:///etc/passwd", pid_file}, web | file | process},
  };
  for (const Path& one : paths) expect_inside_the_list(one);
}

TEST(Confinement, EveryOtherCallIsRefused) {
  std::atomic<bool> asked{false};
  Server silent{Listener::ipv4(), [&](Connection& probe) {
                  probe.read_until("\r\n\r\n");
                  asked = true;
                  probe.hold();
                }};
  harness::Process probe{{harness::shipped("healthcheck"), "--timeout=1h", silent.url()}};
  harness::eventually("it waits", [&] { return asked && harness::state_of(probe.pid()) == 'S'; });
  integration::expect_confined(probe.pid(), {.sockets = true, .reads = false});
}

}  // namespace
}  // namespace healthcheck_test

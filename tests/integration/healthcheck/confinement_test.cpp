// Tests that healthcheck and healthcheck-tls, once they probe, can do what their targets need and nothing
// else.
#include "healthcheck/probe/confinement.hpp"

#include <unistd.h>

#include <atomic>

#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "integration/confined.hpp"
#include "probing.hpp"
#include "tls_service.hpp"

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
  Words arguments;
  healthcheck::Schemes schemes;
  std::string program = "healthcheck";
};

void expect_inside_the_list(const Path& path) {
  const harness::TemporaryDirectory directory;
  const std::string trace = directory / "trace";
  Words command{"strace", "-qq", "-o", trace, harness::shipped(path.program)};
  command.insert(command.end(), path.arguments.begin(), path.arguments.end());
  harness::run(command);
  std::set<std::string> needed = needed_by(path.schemes);
  // The only call that TLS adds to those of the plain targets.
  const bool is_secure = path.arguments.back().contains("s://");
  if (is_secure) needed.insert("getrandom");
  const std::set<std::string> calls = integration::calls_after_filter(harness::read_file(trace));
  EXPECT_TRUE(calls.contains("exit_group")) << path.arguments.back();
  EXPECT_EQ(calls.contains("getrandom"), is_secure) << path.arguments.back();
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

TEST(TlsConfinement, EveryPathNeedsNothingButRandomBytesMore) {
  Server http{Listener::ipv4(), answering_over_tls()},
      old{Listener::ipv4(), answering_over_tls({.version = TLS1_2_VERSION})};
  Server retrying{Listener::ipv6(), answering_over_tls({.groups = "P-384"})};
  Server demanding{Listener::ipv4(),
                   answering_over_tls({.client_certificate = tls_test::ClientCertificate::Demanded})};
  Server only_h2{Listener::ipv4(), answering_over_tls({.protocol = "h2"})};
  Server plain{Listener::ipv4(), answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")};
  Server without_tls{Listener::ipv4(), answer_without_tls};
  Server silent{Listener::ipv4(), [](Connection& probe) { probe.hold(); }};
  constexpr auto web = healthcheck::set_of(Scheme::Http), raw = healthcheck::set_of(Scheme::Tcp);
  constexpr auto rpc = healthcheck::set_of(Scheme::Grpc);
  const std::string tls = "healthcheck-tls";
  const Path paths[] = {
      {{"-v", "https://" + http.address()}, web, tls},
      {{"-v", "--min-validity=1h", "--body=OK", "https://" + http.address()}, web, tls},
      {{"-v", "https://" + old.address()}, web, tls},
      {{"-v", "https://" + retrying.address()}, web, tls},
      {{"https://" + demanding.address()}, web, tls},
      {{"https://" + only_h2.address()}, web, tls},
      {{"https://" + without_tls.address()}, web, tls},
      {{"--timeout=50ms", "https://" + silent.address()}, web, tls},
      {{"--wait=200ms", "--interval=50ms", "https://" + without_tls.address()}, web, tls},
      {{"grpcs://" + only_h2.address()}, rpc, tls},
      {{"-v", "tls://" + http.address()}, raw, tls},
      {{"-v", "tls://" + demanding.address()}, raw, tls},
      {{"-v", plain.url()}, web, tls},
  };
  for (const Path& one : paths) expect_inside_the_list(one);
}

// Runs the program against a server that never answers, and tries other calls from inside it.
void expect_others_refused(const std::string& program, const std::string& scheme) {
  std::atomic<bool> asked{false};
  Server silent{Listener::ipv4(), [&](Connection& probe) {
                  probe.read_exactly(5);
                  asked = true;
                  probe.hold();
                }};
  harness::Process probe{{harness::shipped(program), "--timeout=1h", scheme + silent.address()}};
  harness::eventually("it waits", [&] { return asked && harness::state_of(probe.pid()) == 'S'; });
  integration::expect_confined(probe.pid(), {.sockets = true, .reads = false});
}

TEST(Confinement, EveryOtherCallIsRefused) { expect_others_refused("healthcheck", "http://"); }
TEST(TlsConfinement, EveryOtherCallIsRefused) { expect_others_refused("healthcheck-tls", "https://"); }

}  // namespace
}  // namespace healthcheck_test

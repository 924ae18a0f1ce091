// Tests that healthcheck and healthcheck-tls can do what their targets need and nothing else, before they
// read the first byte of one.
#include "healthcheck/probe/confinement.hpp"

#include <unistd.h>

#include <algorithm>
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
  bool reads = true;  // anything of the target
};

// A directory with a PID file that names this process, which stands for any file, too.
class Confinement : public testing::Test {
 protected:
  Confinement() { harness::write_file(directory_ / "pid", std::to_string(::getpid()) + "\n"); }

  std::string pid_target() const { return "pid://" + (directory_ / "pid").string(); }
  std::string trace_of(const Path& path, const Words& first_targets) const {
    const std::string trace = directory_ / "trace";
    Words command{"strace", "-qq", "-o", trace, harness::shipped(path.program)};
    const auto first = std::ranges::find_if(path.arguments, [](const auto& word) { return word[0] != '-'; });
    command.insert(command.end(), path.arguments.begin(), first);
    command.insert(command.end(), first_targets.begin(), first_targets.end());
    command.insert(command.end(), first, path.arguments.end());
    harness::run(command);
    return harness::read_file(trace);
  }
  void expect_inside_the_list(const Path& path) const;

  const harness::TemporaryDirectory directory_;
};

// The filter is installed before the first byte is read. Behind a file, it is in force for the whole of
// the path, and allows the calls of both.
void Confinement::expect_inside_the_list(const Path& path) const {
  const std::string& target = path.arguments.back();
  const std::string alone = trace_of(path, {});
  const std::set<std::string> later = integration::calls_after_filter(alone);
  EXPECT_EQ(later.empty(), !path.reads) << target;
  const std::string before = alone.substr(0, alone.find("SECCOMP_MODE_FILTER"));
  EXPECT_FALSE(before.contains("\nread(") || before.contains("\nnewfstatat(")) << target << '\n' << before;

  std::set<std::string> needed = needed_by(path.schemes);
  // The only call that TLS adds to those of the plain targets.
  const bool is_secure = target.contains("s://");
  if (is_secure) needed.insert("getrandom");
  for (const std::string& call : later) EXPECT_TRUE(needed.contains(call)) << target << ": " << call;

  const std::set<std::string> calls =
      integration::calls_after_filter(trace_of(path, {"file://" + (directory_ / "pid").string()}));
  EXPECT_TRUE(calls.contains("exit_group")) << target;
  EXPECT_EQ(calls.contains("getrandom"), is_secure) << target;
  needed.merge(needed_by(healthcheck::set_of(Scheme::File)));
  for (const std::string& call : calls) EXPECT_TRUE(needed.contains(call)) << target << ": " << call;
}

TEST_F(Confinement, EveryPathStaysInside) {
  Server http{Listener::ipv4(), answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")};
  Server ill{Listener::ipv6(), answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")};
  Server silent{Listener::ipv4(), [](Connection& probe) { probe.hold(); }};
  const std::string path = directory_ / "socket";
  Server local{Listener::unix_socket(path), answering("HTTP/1.1 200 OK\r\n\r\n")};
  const std::string tcp = "tcp://" + http.address();
  const auto port = std::to_string(http.port());
  const std::string plain = "healthcheck";
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
      {{"http://127.0.0.1:" + std::to_string(harness::closed_port())}, web, plain, false},
      {{"http://192.0.2.1:80/"}, web, plain, false},
      {{"--unix-socket=" + path, "http://localhost/"}, web},
      {{"grpc://" + http.address()}, rpc},
      {{"-v", tcp}, raw},
      {{"--send=x\\r\\n\\r\\n", "--expect=200", tcp}, raw},
      {{"-v", "unix://" + path}, local_socket},
      {{"-v", "file:///etc/passwd"}, file},
      {{"file:///nowhere"}, file},
      {{"--max-age=1s", "file:///etc/passwd"}, file},
      {{"-v", pid_target()}, process},
      {{"pid:///nowhere"}, process},
      {{"-v", http.url(), "file:///etc/passwd", pid_target()}, web | file | process},
  };
  for (const Path& one : paths) expect_inside_the_list(one);
}

using TlsConfinement = Confinement;

TEST_F(TlsConfinement, EveryPathNeedsNothingButRandomBytesMore) {
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
  const auto is_confined = [&] { return harness::status_field(probe.pid(), "Seccomp") == "2"; };
  harness::eventually("it waits",
                      [&] { return asked && is_confined() && harness::state_of(probe.pid()) == 'S'; });
  integration::expect_confined(probe.pid(), {.sockets = true, .reads = false});
}

TEST_F(Confinement, EveryOtherCallIsRefused) { expect_others_refused("healthcheck", "http://"); }
TEST_F(TlsConfinement, EveryOtherCallIsRefused) { expect_others_refused("healthcheck-tls", "https://"); }

}  // namespace
}  // namespace healthcheck_test

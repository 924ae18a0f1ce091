#include "services.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include "harness/answers/grpc_answers.hpp"

namespace hostile_test {
namespace {

using harness::Connection;
using harness::Listener;

harness::Server::Script holding() {
  return [](Connection& probe) { probe.hold(); };
}

std::string http_answer(bool well) {
  return std::string{"HTTP/1.1 "} + (well ? "200 OK" : "503 Sick") + "\r\nContent-Length: 0\r\n\r\n";
}

std::string grpc_answer(bool well) {
  return grpc_answers::settings + grpc_answers::headers + grpc_answers::data(well ? 1 : 2) +
         grpc_answers::good_end;
}

harness::Server::Script answering(const char* request_end, std::string (*answer)(bool),
                                  const std::atomic<bool>& well) {
  return [=, &well](Connection& probe) {
    probe.read_until(request_end);
    probe.write(answer(well));
    probe.read_to_end();
  };
}

constexpr const char* http_request_end = "\r\n\r\n";
constexpr const char* grpc_request_end = "SM\r\n\r\n";
const std::atomic<bool> always{true};

harness::Descriptor bound_socket() {
  harness::Descriptor socket{harness::checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")};
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  harness::checked(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), "bind");
  return socket;
}

int port_of(const harness::Descriptor& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  harness::checked(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
  return ntohs(address.sin_port);
}

}  // namespace

// PID 1 exists in any PID namespace; no process has the highest possible number.
Services::Services()
    : deaf_{bound_socket()},
      http_{Listener::ipv4(), answering(http_request_end, http_answer, always)},
      ill_http_{Listener::ipv4(), answering(http_request_end, http_answer, healed_)},
      tcp_{Listener::ipv4(), holding()},
      local_{Listener::unix_socket(socket_), holding()},
      grpc_{Listener::ipv4(), answering(grpc_request_end, grpc_answer, always)},
      ill_grpc_{Listener::ipv4(), answering(grpc_request_end, grpc_answer, healed_)} {
  using harness::operator/;
  std::filesystem::permissions(socket_, std::filesystem::perms::all);
  harness::write_file(directory_ / "file", "");
  harness::write_file(directory_ / "alive", "1\n");
  harness::write_file(directory_ / "gone", "2147483647\n");
}

std::vector<Services::Kind> Services::kinds() const {
  const std::string closed = "tcp://127.0.0.1:" + std::to_string(port_of(deaf_));
  const std::string files = "://" + directory();
  return {
      {"http", http_.url(), ill_http_.url(), "503 Sick", true},
      {"tcp", "tcp://" + tcp_.address(), closed, "connection refused", true},
      {"unix", "unix://" + socket_, "unix://" + socket_ + ".none", "No such file or directory", true},
      {"grpc", "grpc://" + grpc_.address(), "grpc://" + ill_grpc_.address(), "NOT_SERVING", true},
      {"file", "file" + files + "/file", "file" + files + "/none", "No such file or directory", false},
      {"pid", "pid" + files + "/alive", "pid" + files + "/gone", "process 2147483647 is gone", true},
  };
}

void Services::heal() {
  using harness::operator/;
  healed_ = true;
  harness::checked(::listen(deaf_.get(), 64), "listen");
  healed_socket_.emplace(Listener::unix_socket(socket_ + ".none"));
  harness::write_file(directory_ / "none", "");
  harness::write_file(directory_ / "gone", "1\n");
}

std::string Services::received() { return ill_http_.received() + ill_grpc_.received(); }

void expect_verdicts(const Services::Kind& kind,
                     const std::function<harness::Outcome(const Words&)>& healthcheck) {
  SCOPED_TRACE(kind.name);
  healthcheck_test::expect_healthy(healthcheck({kind.well}));
  healthcheck_test::expect_unhealthy(healthcheck({kind.ill}), kind.words);
}

}  // namespace hostile_test

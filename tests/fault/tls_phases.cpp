// The phases of healthcheck-tls that healthcheck does not have.
#include <sys/syscall.h>

#include "../integration/healthcheck/tls_service.hpp"
#include "phases.hpp"

namespace fault_test {
namespace {

using harness::Listener;
using healthcheck_test::answering_over_tls;
using tls_test::ServerSettings;

std::function<void(Scene&)> at(std::vector<std::string> options, std::string scheme,
                               harness::Server::Script script) {
  return [=](Scene& scene) {
    const harness::Server& server = scene.serve(Listener::ipv4(), script);
    scene.arguments = options;
    scene.arguments.push_back(scheme + "://" + server.address());
  };
}

const std::set<int> stream = {SYS_socket, SYS_bind, SYS_connect,  SYS_sendto,
                              SYS_ppoll,  SYS_read, SYS_getrandom};
const std::set<int> dated_stream = {SYS_socket, SYS_bind, SYS_connect,   SYS_sendto,
                                    SYS_ppoll,  SYS_read, SYS_getrandom, SYS_clock_gettime};
const std::set<int> raw_stream = {SYS_socket, SYS_bind, SYS_connect,   SYS_sendto,
                                  SYS_ppoll,  SYS_read, SYS_getrandom, SYS_getsockname};
const std::set<int> none;

constexpr ServerSettings tls12{.version = TLS1_2_VERSION}, with_retry{.groups = "P-256"},
    demanding{.client_certificate = tls_test::ClientCertificate::Demanded}, only_h2{.protocol = "h2"};

// After the verdict, the close_notify that is sent and the rest that is read may fail.
const Phase phases[] = {
    {"Https", at({"-t1s"}, "https", answering_over_tls()), 0, stream, Needs::some},
    {"HttpsInTls12", at({"-t1s"}, "https", answering_over_tls(tls12)), 0, stream, Needs::some},
    {"HttpsAfterARetry", at({"-t1s"}, "https", answering_over_tls(with_retry)), 0, stream, Needs::some},
    {"HttpsWithValidity", at({"-t1s", "--min-validity=1h"}, "https", answering_over_tls()), 0, dated_stream,
     Needs::some},
    {"TlsWantingACertificate", at({"-t1s"}, "tls", answering_over_tls(demanding)), 0, raw_stream,
     Needs::some},
    {"HttpsAlert", at({"-t1s"}, "https", answering_over_tls(only_h2)), 1, none},
    {"HttpsOfAPlainServer", at({"-t1s"}, "https", healthcheck_test::answer_without_tls), 1, none},
};

}  // namespace

std::span<const Phase> tls_phases() { return phases; }

}  // namespace fault_test

// A service that speaks TLS: OpenSSL's server in memory, behind a script of the harness.
#pragma once

#include "harness/server.hpp"
#include "unit/healthcheck/tls/memory_server.hpp"

namespace healthcheck_test {

// A script that hands the probe's records to such a server, and sends what it answers.
harness::Server::Script answering_over_tls(const tls_test::ServerSettings& settings = {});
// A script of a service without TLS, which takes the ClientHello for a bad request.
void answer_without_tls(harness::Connection& probe);

}  // namespace healthcheck_test

// The programs that are compared: ours first, the peers from Debian's packages, the floors last.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "endpoint.hpp"
#include "runs.hpp"
#include "secure_endpoint.hpp"

namespace bench {

struct Subject {
  std::string name;
  std::string path;
  std::string package;  // the package whose version is named; empty for programs built here
};

// The floor of an init's start-up. It starts a program and does nothing else, so it is the last of the inits,
// and has no figures for signals and orphans.
inline constexpr std::string_view smallest_start = "smallest start";

const std::vector<Subject>& inits();
std::span<const Subject> forwarding_inits();  // all but the smallest start
const std::vector<Subject>& probes();
const std::vector<Subject>& secure_probes();
std::vector<std::string> names_of(const std::vector<Subject>& subjects);

// Returns the places of our program and its peers, without the floors: a user does not choose between these.
std::vector<std::size_t> compared(const std::vector<Subject>& subjects);

// Returns a program of floor/.
std::string made_here(std::string_view program);

// The program under the init.
Words under(const Subject& init, const Words& program);

enum class Route { ipv4, ipv6, unix_socket, grpc };

// GET of that many bytes, or the gRPC health call. Empty if the subject cannot do it.
Words probe(const Subject& subject, Route route, const Endpoint& endpoint, long bytes = 100);

// GET over TLS, without a check of the certificate.
Words secure_probe(const Subject& subject, const SecureEndpoint& endpoint);

}  // namespace bench

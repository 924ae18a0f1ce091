#include "secure_endpoint.hpp"

#include <fcntl.h>

#include <stdexcept>

#include "harness/descriptor.hpp"

namespace bench {
namespace {

using harness::operator/;

constexpr const char* openssl = "/usr/bin/openssl";

harness::Process start(const harness::TemporaryDirectory& directory) {
  const std::string key = directory / "key.pem";
  const std::string certificate = directory / "certificate.pem";
  const harness::Outcome made =
      harness::run({openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                    "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate});
  if (made.status != 0) throw std::runtime_error("openssl: " + made.err);
  // With -HTTP it sends this file as its whole answer to GET /healthz.
  harness::write_file(directory / "healthz",
                      "HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\n" + std::string(100, 'x'));
  // Into a file: it writes a line for each connection, and nobody reads a pipe while a run is timed.
  const auto log = harness::open_file(directory / "log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC);
  harness::Options options;
  options.directory = directory.path();
  options.output_descriptor = options.error_descriptor = log.get();
  return harness::Process{{openssl, "s_server", "-accept", "127.0.0.1:0", "-HTTP", "-tls1_3", "-groups",
                           "X25519", "-cert", certificate, "-key", key},
                          options};
}

// It chooses a free port, and says which: "ACCEPT 127.0.0.1:43211".
std::string wait_for_address(const harness::TemporaryDirectory& directory) {
  const std::string label = "ACCEPT ";
  std::string address;
  harness::eventually("openssl s_server listens", [&] {
    const std::string log = harness::read_file(directory / "log");
    const std::size_t place = log.find(label);
    const std::size_t end = log.find('\n', place);
    if (place == log.npos || end == log.npos) return false;
    address = log.substr(place + label.size(), end - place - label.size());
    return true;
  });
  return address;
}

}  // namespace

SecureEndpoint::SecureEndpoint()
    : server_{start(directory_)}, url_{"https://" + wait_for_address(directory_) + "/healthz"} {}

}  // namespace bench

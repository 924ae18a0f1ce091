#include "certificates.hpp"

#include <stdexcept>

#include "harness/process.hpp"
#include "installed.hpp"

namespace tls {
namespace {

using harness::TemporaryDirectory;
using harness::operator/;
using programs::installed;
using programs::Words;

void openssl(Words arguments) {
  arguments.insert(arguments.begin(), installed("openssl"));
  const harness::Outcome outcome = harness::run(arguments);
  if (outcome.status != 0) throw std::runtime_error("openssl: " + outcome.err);
}

Words algorithm(Certificate kind) {
  if (kind == Certificate::rsa) return {"rsa:2048"};
  if (kind == Certificate::ed25519) return {"ed25519"};
  return {"ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"};
}

std::string names(Certificate kind) {
  std::string text = "subjectAltName=DNS:app.example";
  if (kind != Certificate::large) return text;
  for (int i = 1000; i < 2000; ++i) text += ",DNS:host-" + std::to_string(i) + ".of-the-large.app.example";
  return text;
}

const char* days(Certificate kind) {
  if (kind == Certificate::expired) return "-1";
  return kind == Certificate::short_lived ? "1" : "30";
}

}  // namespace

void make_certificate(const TemporaryDirectory& directory, Certificate kind) {
  Words request{"req",
                "-new",
                "-nodes",
                "-subj",
                "/CN=app.example",
                "-keyout",
                directory / "key",
                "-out",
                directory / "request",
                "-newkey"};
  const Words newkey = algorithm(kind);
  request.insert(request.end(), newkey.begin(), newkey.end());
  openssl(request);
  harness::write_file(directory / "extensions", names(kind) + "\n");
  openssl({"x509", "-req", "-in", directory / "request", "-signkey", directory / "key", "-days", days(kind),
           "-extfile", directory / "extensions", "-out", directory / "certificate"});
  harness::write_file(directory / "pair",
                      harness::read_file(directory / "certificate") + harness::read_file(directory / "key"));
}

void make_store(const TemporaryDirectory& directory) {
  openssl({"pkcs12", "-export", "-name", "server", "-in", directory / "pair", "-out", directory / "store",
           "-passout", "pass:secret"});
}

}  // namespace tls

// Services that speak TLS on the port of their recipe.
#include <stdexcept>

#include "recipe.hpp"

namespace recipes {
namespace {

using harness::write_file;
using programs::installed;

struct Identity {
  std::string certificate, key;  // paths
};

Identity make_identity(const TemporaryDirectory& directory) {
  const Identity identity{directory / "certificate.pem", directory / "key.pem"};
  const harness::Outcome made = harness::run(
      {installed("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
       "-nodes", "-days", "30", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
       "-keyout", identity.key, "-out", identity.certificate});
  if (made.status != 0) throw std::runtime_error("openssl: " + made.err);
  return identity;
}

Service nginx_with_tls(const TemporaryDirectory& directory) {
  const Identity identity = make_identity(directory);
  const std::string at = directory.path();
  std::string text =
      "daemon off;\nerror_log stderr;\npid " + at + "/pid;\nevents {}\nhttp {\naccess_log off;\n";
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    text += std::string{kind} + "_temp_path " + at + "/" + kind + ";\n";
  text += "server { listen 127.0.0.1:8443 ssl; ssl_certificate " + identity.certificate +
          "; ssl_certificate_key " + identity.key + ";\nlocation = /healthz { return 200; } }\n}\n";
  write_file(directory / "nginx.conf", text);
  return {{installed("nginx"), "-e", "stderr", "-p", at, "-c", directory / "nginx.conf"}};
}

Service etcd_with_tls(const TemporaryDirectory& directory) {
  const Identity identity = make_identity(directory);
  const char* const address = "https://localhost:2379";
  return {{installed("etcd"), "--data-dir", directory / "data", "--unsafe-no-fsync", "--cert-file",
           identity.certificate, "--key-file", identity.key, "--listen-client-urls", "https://127.0.0.1:2379",
           "--advertise-client-urls", address}};
}

Service redis_with_tls(const TemporaryDirectory& directory) {
  const Identity identity = make_identity(directory);
  return {{installed("redis-server"), "--port", "0", "--tls-port", "6379", "--tls-cert-file",
           identity.certificate, "--tls-key-file", identity.key, "--tls-ca-cert-file", identity.certificate,
           "--tls-auth-clients", "no", "--save", "", "--dir", directory.path()}};
}

}  // namespace

const std::vector<Row> secured{
    {"nginx with TLS", &nginx_with_tls},
    {"etcd with TLS", &etcd_with_tls},
    {"Redis with TLS", &redis_with_tls},
};

}  // namespace recipes

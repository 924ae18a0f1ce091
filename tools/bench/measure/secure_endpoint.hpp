// SecureEndpoint: an HTTPS server for probes, OpenSSL's own: TLS 1.3, X25519 and a self-signed ECDSA
// certificate. It answers GET with 100 bytes.
#pragma once

#include <string>

#include "harness/files.hpp"
#include "harness/process.hpp"

namespace bench {

class SecureEndpoint {
 public:
  SecureEndpoint();

  const std::string& url() const { return url_; }

 private:
  harness::TemporaryDirectory directory_;
  harness::Process server_;
  std::string url_;
};

}  // namespace bench

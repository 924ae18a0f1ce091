// An OpenSSL server in memory: it takes the client's bytes, and returns its own.
//
//   MemoryServer server{{.version = TLS1_2_VERSION}};
//   std::string flight = server.answer(client_hello);
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

namespace tls_test {

enum class Key { Ecdsa, Rsa, Ed25519 };
enum class ClientCertificate { NotWanted, Wanted, Demanded };

struct ServerSettings {
  int version = 0;  // 0: any
  const char* groups = "X25519:P-256:P-384";
  const char* suites = "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256";  // of TLS 1.3
  const char* ciphers = "ALL";                                           // of TLS 1.2
  Key key = Key::Ecdsa;
  ClientCertificate client_certificate = ClientCertificate::NotWanted;
  const char* protocol = nullptr;  // of ALPN, the only one
  long max_fragment = 0;           // 0: as large as can be
  long validity = 86'400;          // of the certificate, in seconds
  int chain = 0;                   // more certificates
  int key_updates = 0;             // before the response; each asks for one in return
  bool extended_master_secret = true;
  std::string_view greeting{};  // sent before any request
};

class MemoryServer {
 public:
  explicit MemoryServer(const ServerSettings& settings);

  // Takes bytes of the client, and returns what the server sends then. Once it has read a request, it sends
  // the response and closes.
  std::string answer(std::string_view bytes);

  // The name that the client asked for.
  std::string server_name() const;
  // The client's request, and whether it has closed in order.
  const std::string& request() const { return request_; }
  bool was_closed_in_order() const;

  static constexpr std::string_view response =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nOK";

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* connection) const { SSL_free(connection); }
  };

  ServerSettings settings_;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> connection_;
  std::string request_;
  bool has_greeted_ = false, has_answered_ = false;
};

}  // namespace tls_test

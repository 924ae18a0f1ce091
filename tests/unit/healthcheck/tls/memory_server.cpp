#include "memory_server.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <map>
#include <stdexcept>

namespace tls_test {
namespace {

void check(bool succeeded, const char* call) {
  if (!succeeded) throw std::runtime_error{call};
}

// RSA keys take long to make, so each kind is made once.
EVP_PKEY* key_of(Key kind) {
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  static std::map<Key, std::unique_ptr<EVP_PKEY, Free>> keys;
  auto& key = keys[kind];
  if (key == nullptr) {
    if (kind == Key::Ecdsa) key.reset(EVP_EC_gen("P-256"));
    if (kind == Key::Rsa) key.reset(EVP_RSA_gen(2048));
    if (kind == Key::Ed25519) key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    check(key != nullptr, "making a key");
  }
  return key.get();
}

X509* make_certificate(const ServerSettings& settings) {
  X509* certificate = X509_new();
  EVP_PKEY* key = key_of(settings.key);
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -86'400);
  X509_gmtime_adj(X509_getm_notAfter(certificate), settings.validity);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1,
                             0);
  X509_set_issuer_name(certificate, name);
  const EVP_MD* digest = settings.key == Key::Ed25519 ? nullptr : EVP_sha256();
  check(X509_sign(certificate, key, digest) != 0, "X509_sign");
  return certificate;
}

// OpenSSL's callback, with its parameters.
constexpr auto choose_protocol = [](SSL*, const unsigned char** out, unsigned char* size,
                                    const unsigned char* offered, unsigned offered_size, void* wanted) {
  const std::string_view name = static_cast<const char*>(wanted);
  const std::string own = std::string(1, static_cast<char>(name.size())) + std::string{name};
  const int result = SSL_select_next_proto(const_cast<unsigned char**>(out), size,
                                           reinterpret_cast<const unsigned char*>(own.data()),
                                           static_cast<unsigned>(own.size()), offered, offered_size);
  if (result != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
  // `own` ends with this function; the client's list does not.
  *out = offered + 1;
  return SSL_TLSEXT_ERR_OK;
};

void set_certificates(SSL_CTX* context, const ServerSettings& settings) {
  X509* certificate = make_certificate(settings);
  check(SSL_CTX_use_certificate(context, certificate) == 1, "SSL_CTX_use_certificate");
  check(SSL_CTX_use_PrivateKey(context, key_of(settings.key)) == 1, "SSL_CTX_use_PrivateKey");
  X509_free(certificate);
  for (int i = 0; i < settings.chain; ++i)
    check(SSL_CTX_add_extra_chain_cert(context, make_certificate(settings)) == 1,
          "SSL_CTX_add_extra_chain_cert");
}

}  // namespace

MemoryServer::MemoryServer(const ServerSettings& settings)
    : settings_(settings), context_(SSL_CTX_new(TLS_server_method())) {
  SSL_CTX* context = context_.get();
  SSL_CTX_set_security_level(context, 0);
  check(SSL_CTX_set_min_proto_version(context, settings.version) == 1, "SSL_CTX_set_min_proto_version");
  check(SSL_CTX_set_max_proto_version(context, settings.version) == 1, "SSL_CTX_set_max_proto_version");
  check(SSL_CTX_set1_groups_list(context, settings.groups) == 1, "SSL_CTX_set1_groups_list");
  check(SSL_CTX_set_ciphersuites(context, settings.suites) == 1, "SSL_CTX_set_ciphersuites");
  check(SSL_CTX_set_cipher_list(context, settings.ciphers) == 1, "SSL_CTX_set_cipher_list");
  set_certificates(context, settings);
  if (!settings.extended_master_secret) SSL_CTX_set_options(context, SSL_OP_NO_EXTENDED_MASTER_SECRET);
  if (settings.max_fragment != 0) SSL_CTX_set_max_send_fragment(context, settings.max_fragment);
  if (settings.protocol != nullptr)
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, const_cast<char*>(settings.protocol));
  int verify = SSL_VERIFY_NONE;
  if (settings.client_certificate != ClientCertificate::NotWanted) verify = SSL_VERIFY_PEER;
  if (settings.client_certificate == ClientCertificate::Demanded) verify |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
  SSL_CTX_set_verify(context, verify, nullptr);
  connection_.reset(SSL_new(context));
  SSL_set_bio(connection_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  SSL_set_accept_state(connection_.get());
}

std::string MemoryServer::answer(std::string_view bytes) {
  SSL* connection = connection_.get();
  BIO_write(SSL_get_rbio(connection), bytes.data(), static_cast<int>(bytes.size()));
  std::array<char, 4096> buffer;
  int size = SSL_read(connection, buffer.data(), static_cast<int>(buffer.size()));
  if (!settings_.greeting.empty() && !has_greeted_ && SSL_is_init_finished(connection) == 1) {
    has_greeted_ = true;
    SSL_write(connection, settings_.greeting.data(), static_cast<int>(settings_.greeting.size()));
  }
  if (size > 0) request_.append(buffer.data(), static_cast<std::size_t>(size));
  if (size > 0 && !has_answered_) {
    has_answered_ = true;
    for (int i = 0; i < settings_.key_updates; ++i) {
      check(SSL_key_update(connection, SSL_KEY_UPDATE_REQUESTED) == 1, "SSL_key_update");
      check(SSL_do_handshake(connection) == 1, "SSL_do_handshake");
    }
    SSL_write(connection, response.data(), static_cast<int>(response.size()));
    SSL_shutdown(connection);
  }
  std::string sent;
  for (int got;
       (got = BIO_read(SSL_get_wbio(connection), buffer.data(), static_cast<int>(buffer.size()))) > 0;)
    sent.append(buffer.data(), static_cast<std::size_t>(got));
  return sent;
}

std::string MemoryServer::server_name() const {
  const char* name = SSL_get_servername(connection_.get(), TLSEXT_NAMETYPE_host_name);
  return name == nullptr ? "" : name;
}

bool MemoryServer::was_closed_in_order() const {
  return (SSL_get_shutdown(connection_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
}

}  // namespace tls_test

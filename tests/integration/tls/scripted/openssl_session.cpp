#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>

#include "session.hpp"

namespace scripted {
namespace {

void check(bool succeeded, const char* call) {
  if (succeeded) return;
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_get_error(), text.data(), text.size());
  throw Failure{std::string{call} + ": " + text.data()};
}

SSL_CTX* context_of(const Settings& settings) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  check(context != nullptr, "SSL_CTX_new");
  const int version = settings.version.empty()    ? 0
                      : settings.version == "1.2" ? TLS1_2_VERSION
                                                  : TLS1_3_VERSION;
  SSL_CTX_set_min_proto_version(context, version);
  SSL_CTX_set_max_proto_version(context, version);
  SSL_CTX_set_num_tickets(context, 0);
  if (settings.small_records) SSL_CTX_set_max_send_fragment(context, small_record);
  const std::string certificate = settings.directory + "/certificate", key = settings.directory + "/key";
  check(SSL_CTX_use_certificate_file(context, certificate.c_str(), SSL_FILETYPE_PEM) == 1, "certificate");
  check(SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) == 1, "key");
  return context;
}

}  // namespace

struct Session::Library {
  SSL* connection;
};

Session::Session(const Settings& settings, int socket) : library_{new Library} {
  SSL_CTX* context = context_of(settings);
  library_->connection = SSL_new(context);
  SSL_CTX_free(context);  // the connection holds it
  SSL_set_fd(library_->connection, socket);
  check(SSL_accept(library_->connection) == 1, "SSL_accept");
}

Session::~Session() {
  SSL_free(library_->connection);
  delete library_;
}

std::string Session::read() {
  std::array<char, 4096> buffer;
  std::size_t size = 0;
  const int result = SSL_read_ex(library_->connection, buffer.data(), buffer.size(), &size);
  check(result == 1 || SSL_get_error(library_->connection, result) == SSL_ERROR_ZERO_RETURN, "SSL_read_ex");
  return std::string(buffer.data(), size);
}

void Session::write(std::string_view text) {
  check(SSL_write(library_->connection, text.data(), static_cast<int>(text.size())) > 0, "SSL_write");
}

void Session::send_ticket() {
  check(SSL_new_session_ticket(library_->connection) == 1, "SSL_new_session_ticket");
  check(SSL_do_handshake(library_->connection) == 1, "SSL_do_handshake");
}

void Session::update_key(Update update) {
  const int type = update == Update::both ? SSL_KEY_UPDATE_REQUESTED : SSL_KEY_UPDATE_NOT_REQUESTED;
  check(SSL_key_update(library_->connection, type) == 1, "SSL_key_update");
  check(SSL_do_handshake(library_->connection) == 1, "SSL_do_handshake");
}

void Session::send_close_notify() { check(SSL_shutdown(library_->connection) >= 0, "SSL_shutdown"); }

}  // namespace scripted

#include <gnutls/gnutls.h>

#include <array>

#include "session.hpp"

namespace scripted {
namespace {

void check(int result, const char* call) {
  if (result < 0) throw Failure{std::string{call} + ": " + gnutls_strerror(result)};
}

bool is_interrupted(ssize_t result) { return result == GNUTLS_E_AGAIN || result == GNUTLS_E_INTERRUPTED; }

}  // namespace

struct Session::Library {
  gnutls_session_t connection;
  gnutls_certificate_credentials_t credentials;
  gnutls_datum_t ticket_key;
};

Session::Session(const Settings& settings, int socket) : library_{new Library} {
  auto& [connection, credentials, ticket_key] = *library_;
  const std::string certificate = settings.directory + "/certificate", key = settings.directory + "/key";
  check(gnutls_certificate_allocate_credentials(&credentials), "credentials");
  check(gnutls_certificate_set_x509_key_file(credentials, certificate.c_str(), key.c_str(),
                                             GNUTLS_X509_FMT_PEM),
        "certificate");
  check(gnutls_init(&connection, GNUTLS_SERVER | GNUTLS_NO_AUTO_SEND_TICKET), "gnutls_init");
  const std::string version = settings.version.empty() ? "" : ":-VERS-ALL:+VERS-TLS" + settings.version;
  check(gnutls_priority_set_direct(connection, ("NORMAL" + version).c_str(), nullptr), "priority");
  check(gnutls_credentials_set(connection, GNUTLS_CRD_CERTIFICATE, credentials), "gnutls_credentials_set");
  check(gnutls_session_ticket_key_generate(&ticket_key), "gnutls_session_ticket_key_generate");
  check(gnutls_session_ticket_enable_server(connection, &ticket_key), "gnutls_session_ticket_enable_server");
  if (settings.small_records)
    check(static_cast<int>(gnutls_record_set_max_size(connection, small_record)),
          "gnutls_record_set_max_size");
  gnutls_transport_set_int(connection, socket);
  int result;
  do result = gnutls_handshake(connection);
  while (is_interrupted(result));
  check(result, "gnutls_handshake");
}

Session::~Session() {
  gnutls_deinit(library_->connection);
  gnutls_certificate_free_credentials(library_->credentials);
  gnutls_free(library_->ticket_key.data);
  delete library_;
}

std::string Session::read() {
  std::array<char, 4096> buffer;
  ssize_t size;
  do size = gnutls_record_recv(library_->connection, buffer.data(), buffer.size());
  while (is_interrupted(size));
  check(static_cast<int>(size), "gnutls_record_recv");
  return std::string(buffer.data(), static_cast<std::size_t>(size));
}

void Session::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = gnutls_record_send(library_->connection, text.data(), text.size());
    check(static_cast<int>(size), "gnutls_record_send");
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

void Session::send_ticket() {
  check(gnutls_session_ticket_send(library_->connection, 1, 0), "gnutls_session_ticket_send");
}

void Session::update_key(Update update) {
  check(gnutls_session_key_update(library_->connection, update == Update::both ? GNUTLS_KU_PEER : 0),
        "gnutls_session_key_update");
}

void Session::send_close_notify() { check(gnutls_bye(library_->connection, GNUTLS_SHUT_WR), "gnutls_bye"); }

}  // namespace scripted

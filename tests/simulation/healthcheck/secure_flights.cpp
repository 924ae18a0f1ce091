// The messages and records of a simulated server of TLS: right ones in many forms, and wrong ones.
#include <time.h>

#include <algorithm>

#include "simulation/healthcheck/secure_server.hpp"

namespace simulation {

using namespace std::string_view_literals;

using tls_test::ContentType;
using tls_test::HandshakeType;
using tls_test::message;
using tls_test::number;
using tls_test::vector_of;

namespace {

constexpr std::size_t largest_record = 16'000;

std::string element(char tag, std::string_view content) { return tag + vector_of(1, content); }

}  // namespace

void SecureServer::answer_hello() {
  if (answer_without_hello()) return;
  if (asks_retry_ && keys_.hellos() == 1) return keys_.send_retry(cookie_);
  if (fault_ == Fault::SecondRetry) {
    // A client that follows would do so for ever.
    if (keys_.hellos() > 3) return;
    keys_.send_retry("another");
    return flush_wrong();
  }
  send_hello();
  // TLS 1.3 ignores it (RFC 8446 §5); it is never protected.
  if (is_13() && chance(4)) wire() += "\x14\3\3\0\1\1"sv;
  add_flight();
  if (!is_13()) return;
  add_finished();
  if (server_.greets) add_answer();
}

bool SecureServer::answer_without_hello() {
  if (fault_ != Fault::Plain && fault_ != Fault::Alert) return false;
  constexpr std::array<std::string_view, 3> services{"HTTP/1.1 400 Bad Request\r\n\r\n", "220 mail\r\n",
                                                     "\0\0\6\4\0\0\0\0\0"};
  wrong_from_ = wire().size() + 1;
  wire() += fault_ == Fault::Plain ? random_.pick(services) : "\x15\3\3\0\2\2\x28"sv;
  wrong_at_ = fault_ == Fault::Plain ? wrong_from_ : wire().size();
  return true;
}

void SecureServer::send_hello() {
  auto fields = keys_.hello_fields();
  const auto right_suite = fields.suite;
  // A suite of the other version, or one that was not offered.
  if (fault_ == Fault::Suite) fields.suite = is_13() ? 0xc02b : random_.pick(std::array{0x1301U, 0xc013U});
  if (fault_ == Fault::Group) fields.group = random_.pick(std::array{24U, 30U, 0U});
  if (fault_ == Fault::Group && fields.group == keys_.hello().group) fields.group = 29;
  if (fault_ == Fault::Share) fields.share.assign(fields.share.size(), '\0');
  if (fault_ == Fault::Downgrade) fields.random.replace(24, 8, "DOWNGRD\1");
  if (fault_ == Fault::Extension) fields.extensions = "\x12\x34\0\0"sv;
  keys_.send_hello(fields);
  if (fault_ >= Fault::Suite && fault_ <= Fault::Extension && right_suite != 0)
    flush_wrong();
  else
    flush();
}

std::string SecureServer::certificate_request() const {
  if (is_13()) return message(HandshakeType::CertificateRequest, "\0\0\0"sv);
  return message(HandshakeType::CertificateRequest, "\1\x40\0\2\4\3\0\0"sv);
}

// As much of a certificate as its reader needs: it ends after the validity (RFC 5280 §4.1).
std::string SecureServer::certificate() const {
  constexpr Time hour = 3600;
  time_t seconds = server_.time_of_day + (is_short_lived_ ? hour / 4 : 30 * 24 * hour);
  tm fields{};
  ::gmtime_r(&seconds, &fields);
  std::array<char, 20> end{};
  ::strftime(end.data(), end.size(), "%Y%m%d%H%M%SZ", &fields);
  const std::string validity = element('\x17', "230101000000Z") + element('\x18', end.data());
  const std::string name = element('\x30', ""), algorithm = element('\x30', element('\6', "123"));
  return element('\x30', element('\x30', element('\xa0', element('\2', "\2")) + element('\2', "1") +
                                             algorithm + name + element('\x30', validity)));
}

std::string SecureServer::certificate_message() {
  const std::string extensions = is_13() ? std::string(2, '\0') : std::string{};
  std::string list = vector_of(3, certificate()) + extensions;
  if (chance(64)) list += vector_of(3, std::string(36'000, 'x')) + extensions;
  return message(HandshakeType::Certificate, (is_13() ? vector_of(1, "") : "") + vector_of(3, list));
}

void SecureServer::add_flight() {
  std::string messages = is_13() ? message(HandshakeType::EncryptedExtensions, "\0\0"sv) : std::string{};
  const std::string certificate = certificate_message();
  if (is_13() && wants_certificate_) messages += certificate_request();
  if (fault_ == Fault::Interrupted) {
    keys_.send(ContentType::Handshake, messages + certificate.substr(0, 9));
    flush();
    keys_.send(ContentType::Alert, "\1\x5a");
    flush_wrong();
    return;
  }
  if (fault_ == Fault::Message) {
    add_messages(messages);
    keys_.send(ContentType::Handshake,
               static_cast<char>(HandshakeType::NewSessionTicket) + certificate.substr(1));
    flush_wrong();
  } else {
    add_messages(messages + certificate);
  }
  if (fault_ == Fault::Empty) {
    keys_.send(ContentType::Handshake, "");
    flush_wrong();
  }
  if (fault_ == Fault::Unprotected) add_unprotected();
  messages = is_13() ? message(HandshakeType::CertificateVerify, "\4\3" + vector_of(2, std::string(70, 's')))
                     : message(HandshakeType::ServerKeyExchange, keys_.key_exchange());
  if (!is_13() && wants_certificate_) messages += certificate_request();
  if (!is_13()) messages += message(HandshakeType::ServerHelloDone, "");
  add_messages(messages);
}

// A warning that would mean nothing: user_canceled.
void SecureServer::add_unprotected() {
  wrong_from_ = std::min(wrong_from_, flush() + 1);
  wire() += "\x15\3\3\0\2\1\x5a"sv;
  wrong_at_ = std::min(wrong_at_, wire().size());
}

// Puts the messages into one record, or into several of any size.
void SecureServer::add_messages(std::string_view messages) {
  while (!messages.empty()) {
    std::size_t size = chance(4) ? 1 + below(messages.size()) : messages.size();
    size = std::min(size, chance(8) ? 512 : largest_record);
    keys_.send(ContentType::Handshake, messages.substr(0, size), chance(8) ? below(100) : 0);
    messages.remove_prefix(size);
  }
  flush();
}

void SecureServer::add_finished() {
  // In TLS 1.3 such a server refuses after the handshake.
  if (!is_13() && refuses_) {
    keys_.send(ContentType::Alert, random_.pick(std::array{"\2\x28", "\2\x2a"}));
    const std::size_t start = flush();
    const bool is_enough = target_.scheme == Scheme::Tcp && settings_.expect.empty();
    (is_enough ? alive_at_ : wrong_at_) = wire().size();
    if (!is_enough) wrong_from_ = start + 1;
    has_answered_ = true;
    return;
  }
  if (fault_ == Fault::NoFinished) {
    keys_.send(ContentType::ApplicationData, plain_.bytes.substr(0, 100));
    return flush_wrong();
  }
  std::string data = keys_.finished();
  if (fault_ == Fault::Finished) {
    char& changed = data[below(data.size())];
    changed = static_cast<char>(changed ^ static_cast<char>(1 << random_.below(8)));
  }
  keys_.send_finished(data);
  if (fault_ == Fault::Finished || fault_ == Fault::Tag)
    flush_wrong();
  else
    flush();
  // The client cannot tell this from a Finished that the network has changed.
  if (fault_ == Fault::Tag) wire().back() = static_cast<char>(wire().back() ^ 1);
  established_at_ = wire().size();
}

// Records that a server may send at any time after the handshake.
void SecureServer::add_noise() {
  if (is_13()) {
    for (auto tickets = chance(4) ? random_.below(6) : 0; tickets > 0; --tickets)
      keys_.send(ContentType::Handshake, message(HandshakeType::NewSessionTicket, std::string(90, 't')));
    if (chance(8) && keys_.has_client_finished()) keys_.send_key_update(static_cast<int>(random_.below(2)));
    if (chance(16)) keys_.send(ContentType::Alert, "\1\x5a");
  } else if (chance(8)) {
    keys_.send(ContentType::Handshake, message(HandshakeType::HelloRequest, ""));
  }
  if (chance(8)) keys_.send(ContentType::ApplicationData, "");
  flush();
}

void SecureServer::add_answer() {
  has_answered_ = true;
  add_noise();
  if (fault_ == Fault::LateAlert || (refuses_ && is_13())) {
    keys_.send(ContentType::Alert, refuses_ ? "\2\x74" : "\2\x50");
    return flush_wrong();
  }
  if (fault_ == Fault::KeyUpdate) {
    keys_.send_key_update(2);
    flush_wrong();
  }
  for (std::size_t at = 0; at < plain_.bytes.size();) {
    std::size_t size = plain_.bytes.size() - at;
    if (chance(3)) size = 1 + below(size);
    size = std::min(size, largest_record);
    keys_.send(ContentType::ApplicationData, plain_.bytes.substr(at, size), chance(8) ? below(100) : 0);
    flush();
    at += size;
    parts_.push_back({at, wire().size()});
    if (chance(8)) add_noise();
  }
  const bool may_close = end_ == End::Fin || chance(4);
  if (!may_close || settings_.servers_leave_silently) return;
  keys_.send(ContentType::Alert, "\1\0"sv);
  flush();
  server_.answer.closes_at = wire().size();
}

}  // namespace simulation

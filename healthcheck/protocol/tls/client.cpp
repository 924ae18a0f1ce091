#include "healthcheck/protocol/tls/client.hpp"

namespace healthcheck::tls {

using base::Arena;

namespace {

constexpr std::uint8_t warning = 1, fatal = 2;

}  // namespace

std::size_t Client::feed(Bytes bytes, Arena& out) {
  application_data_ = {};
  if (is_over()) return bytes.size();
  std::size_t used = reader_.feed(bytes);
  if (!reader_.is_plausible())
    fail(handshake_.has_server_hello() ? State::Broken : State::NotTls, Alert::UnexpectedMessage, out);
  else if (reader_.is_oversized())
    fail(State::Broken, Alert::RecordOverflow, out);
  else if (reader_.is_complete())
    if (Fault fault = take_record(out)) fail(State::Broken, *fault, out);
  return used;
}

Fault Client::take_record(Arena& out) {
  if (Fault fault = reader_.open()) return fault;
  Bytes text = reader_.fragment();
  // RFC 8446 §5.1: nothing may come between the records of one message.
  if (reader_.type() != ContentType::Handshake && !handshake_.is_between_messages())
    return Alert::UnexpectedMessage;
  switch (reader_.type()) {
    case ContentType::ChangeCipherSpec:
      return handshake_.take_change_cipher_spec(text);
    case ContentType::Alert:
      return take_alert(text);
    case ContentType::Handshake:
      return handshake_.feed(text, out);
    case ContentType::ApplicationData:
      if (!is_established()) return Alert::UnexpectedMessage;
      application_data_ = text;
      return {};
    case ContentType::Invalid:
      break;
  }
  return Alert::UnexpectedMessage;
}

// In TLS 1.3 the level has no meaning (RFC 8446 §6). In TLS 1.2 a server may send a warning, such as
// unrecognized_name, and go on.
Fault Client::take_alert(Bytes text) {
  if (text.size() != 2) return Alert::DecodeError;
  Alert alert{text[1]};
  bool is_13 = handshake_.has_server_hello() && handshake_.version() == Version::Tls13;
  if (alert == Alert::CloseNotify)
    state_ = State::Closed;
  else if (is_13 ? alert != Alert::UserCanceled : text[0] != warning)
    state_ = State::Refused;
  alert_ = alert;
  return {};
}

void Client::send(Bytes bytes, Arena& out) {
  handshake_.answer_key_update(out);
  writer_.begin(out, ContentType::ApplicationData);
  out.add(as_text(bytes));
  writer_.finish(out);
}

void Client::add_alert(Alert alert, Arena& out) {
  writer_.begin(out, ContentType::Alert);
  out.add(static_cast<char>(alert == Alert::CloseNotify ? warning : fatal));
  out.add(static_cast<char>(alert));
  writer_.finish(out);
}

void Client::fail(State state, Alert alert, Arena& out) {
  state_ = state;
  alert_ = alert;
  // A server that does not speak TLS would not understand it.
  if (state != State::NotTls) add_alert(alert, out);
}

void Client::close(Arena& out) {
  if (state_ <= State::Closed) add_alert(Alert::CloseNotify, out);
}

bool Client::end() {
  if (!is_over()) state_ = State::Closed;
  return reader_.is_cut();
}

bool Client::is_certificate_missing() const {
  if (state_ != State::Refused || !handshake_.has_certificate_request()) return false;
  // GnuTLS 3.7 calls the empty list of certificates a decode_error in TLS 1.2.
  return alert_ == Alert::CertificateRequired || alert_ == Alert::HandshakeFailure ||
         alert_ == Alert::BadCertificate || alert_ == Alert::DecodeError;
}

void Client::add_problem(base::MessageBuilder& line) const {
  if (state_ == State::NotTls) {
    line.add("the server does not speak TLS on this port");
    return;
  }
  if (state_ <= State::Closed) {
    line.add("closed during the TLS handshake");
    return;
  }
  if (state_ == State::Broken && alert_ == Alert::ProtocolVersion) {
    line.add("the server speaks no TLS newer than 1.1");
    return;
  }
  std::string_view name = alert_name(alert_);
  line.add(state_ == State::Refused ? "TLS alert " : "invalid TLS from the server: ");
  if (name.empty())
    line.add(static_cast<std::int64_t>(alert_));
  else
    line.add(name);
}

void Client::add_version(base::MessageBuilder& line) const {
  line.add(handshake_.version() == Version::Tls13 ? "TLS 1.3" : "TLS 1.2");
}

}  // namespace healthcheck::tls

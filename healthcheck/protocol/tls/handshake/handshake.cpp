#include "healthcheck/protocol/tls/handshake/handshake.hpp"

#include <algorithm>

namespace healthcheck::tls {

using base::Arena;

void Handshake::begin_message(HandshakeType type, Arena& out) {
  writer_.begin(out, ContentType::Handshake);
  const char header[HandshakeReader::header_size] = {static_cast<char>(type), 0, 0, 0};
  out.add({header, sizeof header});
}

void Handshake::finish_message(Arena& out) {
  out.fill_in_length(writer_.text_start() + 2, 0);
  transcript_.update(writer_.plaintext(out));
  writer_.finish(out);
}

void Handshake::add_message(HandshakeType type, Bytes body, Arena& out) {
  begin_message(type, out);
  out.add(as_text(body));
  finish_message(out);
}

Bytes Handshake::scalar() const {
  if (group_ == Group::X25519) return randomness_.x25519;
  return Bytes{randomness_.nist}.first(secret_size(group_));
}

void Handshake::choose(Group group) {
  group_ = group;
  make_share(group, scalar(), share());
}

// There is no certificate to show: an empty list (RFC 5246 §7.4.6), in TLS 1.3 with an empty context before
// it (RFC 8446 §4.4.2).
void Handshake::add_certificate(Arena& out) {
  constexpr std::uint8_t nothing[4]{};
  if (has_certificate_request_)
    add_message(HandshakeType::Certificate, Bytes{nothing}.first(version() == Version::Tls13 ? 4 : 3), out);
}

void Handshake::add_finished(Arena& out) {
  add_message(HandshakeType::Finished, schedule_.verify_data(Side::Client, transcript(), verify_data_), out);
}

void Handshake::protect(Side side) {
  RecordKeys keys = schedule_.keys(side);
  if (side == Side::Client) return writer_.protect(keys);
  reader_.protect(keys);
  has_new_keys_ = true;
}

void Handshake::add_client_hello(Bytes cookie, Arena& out) {
  begin_message(HandshakeType::ClientHello, out);
  tls::add_client_hello(out, offer_, {randomness_.hello, group_, share(), cookie});
  finish_message(out);
}

void Handshake::start(Arena& out) {
  choose(Group::X25519);
  add_client_hello({}, out);
}

Fault Handshake::feed(Bytes text, Arena& out) {
  while (!text.empty()) {
    bool begins = messages_.is_between_messages();
    if (begins && HandshakeType{text.front()} == HandshakeType::Finished) before_finished_ = transcript();
    std::size_t body_start = begins ? 0 : messages_.body_size();
    Bytes taken = text.first(messages_.feed(text));
    text = text.subspan(taken.size());
    // take_server_hello() hashes this one: a HelloRetryRequest is hashed after the digest that replaces the
    // first ClientHello.
    if (step_ != Step::ServerHello) transcript_.update(taken);
    read_certificate(body_start, taken);
    if (!messages_.is_complete()) return {};
    has_new_keys_ = false;
    if (Fault fault = take_message(out)) return fault;
    // RFC 8446 §5.1: no record goes on after a change of keys.
    if (!text.empty() && has_new_keys_) return Alert::UnexpectedMessage;
  }
  return {};
}

// Every chain begins with the server's own certificate (RFC 8446 §4.4.2, RFC 5246 §7.4.2).
void Handshake::read_certificate(std::size_t body_start, Bytes taken) {
  if (!messages_.has_header() || messages_.type() != HandshakeType::Certificate) return;
  // The length of the list and of the certificate, and in TLS 1.3 that of a context, which is empty.
  if (body_start == 0) certificate_.start(version() == Version::Tls13 ? 7 : 6);
  certificate_.feed(taken.last(messages_.body_size() - body_start));
}

constexpr Handshake::Transition Handshake::transitions[] = {
    // TLS 1.3 (RFC 8446 §A.1).
    {Step::EncryptedExtensions, HandshakeType::EncryptedExtensions, Step::CertificateOrRequest},
    {Step::CertificateOrRequest, HandshakeType::CertificateRequest, Step::Certificate},
    {Step::CertificateOrRequest, HandshakeType::Certificate, Step::CertificateVerify},
    {Step::Certificate, HandshakeType::Certificate, Step::CertificateVerify},
    {Step::CertificateVerify, HandshakeType::CertificateVerify, Step::Finished},
    {Step::Finished, HandshakeType::Finished, Step::Established13},
    // Tickets are of no use here.
    {Step::Established13, HandshakeType::NewSessionTicket, Step::Established13},
    {Step::Established13, HandshakeType::KeyUpdate, Step::Established13},
    // TLS 1.2 (RFC 5246 §7.3).
    {Step::Certificate12, HandshakeType::Certificate, Step::KeyExchange},
    {Step::KeyExchange, HandshakeType::ServerKeyExchange, Step::RequestOrDone},
    {Step::RequestOrDone, HandshakeType::CertificateRequest, Step::Done},
    {Step::RequestOrDone, HandshakeType::ServerHelloDone, Step::ChangeCipherSpec},
    {Step::Done, HandshakeType::ServerHelloDone, Step::ChangeCipherSpec},
    {Step::Finished12, HandshakeType::Finished, Step::Established12},
    // A server may ask for renegotiation, and a client may ignore that (RFC 5246 §7.4.1.1).
    {Step::Established12, HandshakeType::HelloRequest, Step::Established12},
};

Fault Handshake::take_message(Arena& out) {
  const HandshakeType type = messages_.type();
  // The step after the ServerHello depends on its content.
  if (step_ == Step::ServerHello && type == HandshakeType::ServerHello) return take_server_hello(out);
  for (const Transition& transition : transitions) {
    if (transition.step != step_ || transition.type != type) continue;
    Fault fault = act_on_message(out);
    if (!fault) step_ = transition.next;
    return fault;
  }
  return Alert::UnexpectedMessage;
}

Fault Handshake::act_on_message(Arena& out) {
  switch (messages_.type()) {
    case HandshakeType::CertificateRequest:
      has_certificate_request_ = true;
      return {};
    case HandshakeType::ServerKeyExchange:
      return take_key_exchange_12();
    case HandshakeType::ServerHelloDone:
      return answer_12(out);
    case HandshakeType::Finished:
      return finish(out);
    case HandshakeType::KeyUpdate:
      return take_key_update_13();
    default:
      return {};
  }
}

Fault Handshake::take_server_hello(Arena& out) {
  ServerHello hello;
  if (!messages_.is_kept_whole()) return Alert::DecodeError;
  if (Fault fault = parse_server_hello(messages_.body(), hello)) return fault;
  // RFC 8446 §4.1.4: the HelloRetryRequest has chosen already.
  if (has_retried_ && (hello.is_retry || hello.hash != schedule_.hash() || hello.version != Version::Tls13))
    return hello.is_retry ? Alert::UnexpectedMessage : Alert::IllegalParameter;
  schedule_.choose(hello.version, hello.hash);
  transcript_.choose(hello.hash);
  if (hello.is_retry) transcript_.replace_by_digest(hello.hash);
  transcript_.update(messages_.whole());
  if (hello.is_retry) return retry(hello, out);
  if (hello.version == Version::Tls13) return begin_13(hello);
  has_extended_master_secret_ = hello.has_extended_master_secret;
  schedule_.set_randoms(randomness_.hello, hello.random);
  step_ = Step::Certificate12;
  return {};
}

Fault Handshake::retry(const ServerHello& hello, Arena& out) {
  has_retried_ = true;
  if (hello.group) {
    if (*hello.group == group_) return Alert::IllegalParameter;
    choose(*hello.group);
  }
  add_client_hello(hello.cookie, out);
  return {};
}

// In TLS 1.3 the client's Finished follows the server's, and both get new keys after it.
Fault Handshake::finish(Arena& out) {
  Bytes right = schedule_.verify_data(Side::Server, before_finished_, verify_data_);
  if (!std::ranges::equal(messages_.body(), right)) return Alert::DecryptError;
  if (version() == Version::Tls12) return {};
  before_finished_ = transcript();
  add_certificate(out);
  add_finished(out);
  schedule_.begin_application(before_finished_);
  protect(Side::Server);
  protect(Side::Client);
  return {};
}

Fault Handshake::agree_on_secret(Bytes server_share) {
  MutableBytes secret = MutableBytes{shared_secret_}.first(secret_size(group_));
  return agree(group_, scalar(), server_share, secret) ? Fault{} : Alert::IllegalParameter;
}

}  // namespace healthcheck::tls

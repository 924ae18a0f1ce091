// The part of the handshake that only TLS 1.3 has (RFC 8446).
#include <algorithm>

#include "healthcheck/protocol/tls/handshake/handshake.hpp"

namespace healthcheck::tls {

using base::Arena;

Fault Handshake::begin_13(const ServerHello& hello) {
  // The server must agree with the one share that was sent (RFC 8446 §4.2.8).
  if (hello.group != group_) return Alert::IllegalParameter;
  if (Fault fault = agree_on_secret(group_, hello.share)) return fault;
  schedule_ = KeySchedule{hash_};
  secrets_ = schedule_.handshake_secrets(Bytes{shared_secret_}.first(secret_size(group_)),
                                         transcript_.digest(hash_));
  protect_reading(RecordProtection{secrets_.server});
  writer_.protect(RecordProtection{secrets_.client});
  step_ = Step::EncryptedExtensions;
  return {};
}

Fault Handshake::finish_13(Arena& out) {
  if (!std::ranges::equal(messages_.body(), finished_data(secrets_.server, before_finished_).bytes()))
    return Alert::DecryptError;
  TrafficSecrets application = schedule_.application_secrets(transcript_.digest(hash_));
  // There is no certificate to show: an empty list, with an empty context (RFC 8446 §4.4.2).
  constexpr std::uint8_t no_certificate[] = {0, 0, 0, 0};
  if (has_certificate_request_) add_message(HandshakeType::Certificate, no_certificate, out);
  Digest data = finished_data(secrets_.client, transcript_.digest(hash_));
  add_message(HandshakeType::Finished, data.bytes(), out);
  secrets_ = application;
  protect_reading(RecordProtection{secrets_.server});
  writer_.protect(RecordProtection{secrets_.client});
  step_ = Step::Established;
  return {};
}

// Tickets are of no use here. A KeyUpdate may ask for one of ours (RFC 8446 §4.6.3).
Fault Handshake::take_established_13(Arena& out) {
  if (messages_.type() == HandshakeType::NewSessionTicket) return {};
  if (messages_.type() != HandshakeType::KeyUpdate) return Alert::UnexpectedMessage;
  Bytes body = messages_.body();
  if (body.size() != 1) return Alert::DecodeError;
  constexpr std::uint8_t update_not_requested = 0, update_requested = 1;
  if (body.front() > update_requested) return Alert::IllegalParameter;
  secrets_.server = next_traffic_secret(secrets_.server);
  protect_reading(RecordProtection{secrets_.server});
  if (body.front() == update_not_requested) return {};
  constexpr std::uint8_t answer[] = {update_not_requested};
  add_message(HandshakeType::KeyUpdate, answer, out);
  secrets_.client = next_traffic_secret(secrets_.client);
  writer_.protect(RecordProtection{secrets_.client});
  return {};
}

}  // namespace healthcheck::tls

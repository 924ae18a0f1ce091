// The part of the handshake that only TLS 1.3 has (RFC 8446).
#include "healthcheck/protocol/tls/handshake/handshake.hpp"

namespace healthcheck::tls {

using base::Arena;

Fault Handshake::begin_13(const ServerHello& hello) {
  // The server must agree with the one share that was sent (RFC 8446 §4.2.8).
  if (hello.group != group_) return Alert::IllegalParameter;
  if (Fault fault = agree_on_secret(hello.share)) return fault;
  schedule_.begin_handshake(shared_secret(), transcript());
  protect(Side::Server);
  protect(Side::Client);
  step_ = Step::EncryptedExtensions;
  return {};
}

// A KeyUpdate may ask for one of ours (RFC 8446 §4.6.3).
Fault Handshake::take_key_update_13() {
  Bytes body = messages_.body();
  if (body.size() != 1) return Alert::DecodeError;
  constexpr std::uint8_t update_requested = 1;
  if (body.front() > update_requested) return Alert::IllegalParameter;
  schedule_.update(Side::Server);
  protect(Side::Server);
  owes_key_update_ |= body.front() == update_requested;
  return {};
}

void Handshake::answer_key_update(Arena& out) {
  if (!owes_key_update_) return;
  owes_key_update_ = false;
  constexpr std::uint8_t update_not_requested[] = {0};
  add_message(HandshakeType::KeyUpdate, update_not_requested, out);
  schedule_.update(Side::Client);
  protect(Side::Client);
}

}  // namespace healthcheck::tls

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
Fault Handshake::take_key_update_13(Arena& out) {
  Bytes body = messages_.body();
  if (body.size() != 1) return Alert::DecodeError;
  constexpr std::uint8_t update_not_requested = 0, update_requested = 1;
  if (body.front() > update_requested) return Alert::IllegalParameter;
  schedule_.update(Side::Server);
  protect(Side::Server);
  if (body.front() == update_not_requested) return {};
  constexpr std::uint8_t answer[] = {update_not_requested};
  add_message(HandshakeType::KeyUpdate, answer, out);
  schedule_.update(Side::Client);
  protect(Side::Client);
  return {};
}

}  // namespace healthcheck::tls

// The part of the handshake that only TLS 1.2 has (RFC 5246, with RFC 5289's suites and RFC 8422's curves).
#include "healthcheck/protocol/tls/handshake/handshake.hpp"
#include "healthcheck/protocol/tls/handshake/wire.hpp"

namespace healthcheck::tls {

using base::Arena;

// RFC 8422 §5.4: a curve by name, and the server's share. The signature behind them is not verified.
Fault Handshake::take_key_exchange_12() {
  constexpr std::uint32_t named_curve = 3;
  WireReader body{messages_.body()};
  std::uint32_t type = body.number(1);
  auto group = find_group(body.number(2));
  Bytes server_share = body.vector(1);
  if (body.failed()) return Alert::DecodeError;
  if (type != named_curve || !group) return Alert::IllegalParameter;
  if (*group != group_) choose(*group);
  return agree_on_secret(server_share);
}

Fault Handshake::answer_12(Arena& out) {
  if (messages_.body_size() != 0) return Alert::DecodeError;
  add_certificate(out);
  begin_message(HandshakeType::ClientKeyExchange, out);
  out.add(static_cast<char>(share().size()));
  out.add(as_text(share()));
  finish_message(out);
  // RFC 7627 §3: the session hash ends with the ClientKeyExchange.
  schedule_.make_master_secret(shared_secret(), has_extended_master_secret_ ? transcript().bytes() : Bytes{});

  writer_.begin(out, ContentType::ChangeCipherSpec);
  out.add('\1');
  writer_.finish(out);
  protect(Side::Client);
  add_finished(out);
  return {};
}

Fault Handshake::take_change_cipher_spec(Bytes text) {
  if (text.size() != 1 || text.front() != 1 || !messages_.is_between_messages())
    return Alert::UnexpectedMessage;
  if (step_ == Step::ChangeCipherSpec) {
    protect(Side::Server);
    step_ = Step::Finished12;
    return {};
  }
  // TLS 1.3 ignores it until the server's Finished (RFC 8446 §5).
  return step_ <= Step::Finished ? Fault{} : Alert::UnexpectedMessage;
}

}  // namespace healthcheck::tls

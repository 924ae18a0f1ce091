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
  Bytes share = body.vector(1);
  if (body.failed()) return Alert::DecodeError;
  if (type != named_curve || !group) return Alert::IllegalParameter;
  step_ = Step::RequestOrDone;
  return agree_on_secret(*group, share);
}

Fault Handshake::answer_12(Arena& out) {
  if (messages_.length() != 0) return Alert::DecodeError;
  add_certificate(out);
  std::array<std::uint8_t, 1 + max_share_size> key_exchange;
  std::size_t size = share_size(group_);
  key_exchange[0] = static_cast<std::uint8_t>(size);
  make_share(group_, scalar(group_), MutableBytes{key_exchange}.subspan(1, size));
  add_message(HandshakeType::ClientKeyExchange, Bytes{key_exchange}.first(1 + size), out);
  // RFC 7627 §3: the session hash ends with the ClientKeyExchange.
  Digest session = transcript();
  schedule_.make_master_secret(shared_secret(),
                               has_extended_master_secret_ ? Bytes{session.bytes()} : Bytes{});

  writer_.begin(out, ContentType::ChangeCipherSpec);
  out.add('\1');
  writer_.finish(out);
  protect_writing();
  add_finished(out);
  step_ = Step::ChangeCipherSpec;
  return {};
}

Fault Handshake::take_change_cipher_spec(Bytes text) {
  if (text.size() != 1 || text.front() != 1 || !messages_.is_between_messages())
    return Alert::UnexpectedMessage;
  if (step_ == Step::ChangeCipherSpec) {
    protect_reading();
    step_ = Step::Finished12;
    return {};
  }
  // TLS 1.3 ignores it until the server's Finished (RFC 8446 §5).
  return step_ <= Step::Finished ? Fault{} : Alert::UnexpectedMessage;
}

}  // namespace healthcheck::tls

// The part of the handshake that only TLS 1.2 has (RFC 5246, with RFC 5289's suites and RFC 8422's curves).
#include <algorithm>

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

MasterSecret::KeyBlock Handshake::key_block_12() const { return master_secret_.key_block(randoms_); }

Fault Handshake::answer_12(Arena& out) {
  if (messages_.length() != 0) return Alert::DecodeError;
  // There is no certificate to show: an empty list (RFC 5246 §7.4.6).
  constexpr std::uint8_t no_certificate[] = {0, 0, 0};
  if (has_certificate_request_) add_message(HandshakeType::Certificate, no_certificate, out);

  std::array<std::uint8_t, 1 + max_share_size> key_exchange;
  std::size_t size = share_size(group_);
  key_exchange[0] = static_cast<std::uint8_t>(size);
  make_share(group_, scalar(group_), MutableBytes{key_exchange}.subspan(1, size));
  add_message(HandshakeType::ClientKeyExchange, Bytes{key_exchange}.first(1 + size), out);

  HmacKey premaster{hash_, Bytes{shared_secret_}.first(secret_size(group_))};
  if (has_extended_master_secret_) {
    master_secret_ = MasterSecret{premaster, "extended master secret", transcript_.digest(hash_).bytes()};
  } else {
    std::array<std::uint8_t, 2 * random_size> client_first;
    std::ranges::rotate_copy(randoms_, randoms_.begin() + random_size, client_first.begin());
    master_secret_ = MasterSecret{premaster, "master secret", client_first};
  }

  writer_.begin(out, ContentType::ChangeCipherSpec);
  out.add('\1');
  writer_.finish(out);
  MasterSecret::KeyBlock keys = key_block_12();
  writer_.protect(RecordProtection{keys.client_key(), keys.client_salt()});
  add_message(HandshakeType::Finished,
              master_secret_.finished_data("client finished", transcript_.digest(hash_)), out);
  step_ = Step::ChangeCipherSpec;
  return {};
}

Fault Handshake::take_change_cipher_spec(Bytes text) {
  if (text.size() != 1 || text.front() != 1 || !messages_.is_between_messages())
    return Alert::UnexpectedMessage;
  if (step_ == Step::ChangeCipherSpec) {
    MasterSecret::KeyBlock keys = key_block_12();
    protect_reading(RecordProtection{keys.server_key(), keys.server_salt()});
    step_ = Step::Finished12;
    return {};
  }
  // TLS 1.3 ignores it until the server's Finished (RFC 8446 §5).
  return step_ <= Step::Finished ? Fault{} : Alert::UnexpectedMessage;
}

Fault Handshake::finish_12() {
  if (!std::ranges::equal(messages_.body(),
                          master_secret_.finished_data("server finished", before_finished_)))
    return Alert::DecryptError;
  step_ = Step::Established;
  return {};
}

}  // namespace healthcheck::tls

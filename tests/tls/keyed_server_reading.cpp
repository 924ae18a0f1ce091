// The half of the server that reads what the client sends, and checks it.
#include <algorithm>

#include "healthcheck/protocol/tls/handshake/wire.hpp"
#include "tests/tls/keyed_server.hpp"

namespace tls_test {

using namespace healthcheck::tls;

void KeyedServer::receive(std::string_view bytes) {
  for (Bytes rest = as_bytes(bytes); !rest.empty() && fault_ == nullptr;) {
    rest = rest.subspan(reader_.feed(rest));
    if (!reader_.is_plausible() || reader_.is_oversized()) return fail("sends no record of TLS");
    if (reader_.is_complete()) take_record();
  }
}

void KeyedServer::take_record() {
  if (reader_.open()) return fail("sends a record that cannot be opened");
  const Bytes text = reader_.fragment();
  switch (reader_.type()) {
    case ContentType::ApplicationData:
      if (!has_client_finished_) fail("sends data before its Finished");
      received_ += as_text(text);
      return;
    case ContentType::Alert:
      if (text.size() != 2) return fail("sends a malformed alert");
      alert_ = text[1];
      return;
    case ContentType::ChangeCipherSpec:
      if (is_13() || !has_keys_ || reads_protected_) return fail("sends a ChangeCipherSpec too early");
      reads_protected_ = true;
      return reader_.protect(schedule_.keys(Side::Client));
    default:
      break;
  }
  for (Bytes rest = text; !rest.empty() && fault_ == nullptr;) {
    rest = rest.subspan(messages_.feed(rest));
    if (messages_.is_complete()) take_message();
  }
}

void KeyedServer::take_message() {
  const Bytes body = messages_.body();
  switch (messages_.type()) {
    case HandshakeType::ClientHello:
      take_hello(body);
      break;
    case HandshakeType::Certificate:
      if (body.size() != (is_13() ? 4U : 3U) || std::ranges::count(body, 0) != static_cast<long>(body.size()))
        fail("sends a certificate that is not empty");
      has_certificate_list_ = true;
      break;
    case HandshakeType::ClientKeyExchange:
      break;
    case HandshakeType::Finished:
      take_finished();
      break;
    case HandshakeType::KeyUpdate:
      schedule_.update(Side::Client);
      return reader_.protect(schedule_.keys(Side::Client));
    default:
      return fail("sends a message that no client sends");
  }
  transcript_.update(messages_.whole());
  if (messages_.type() == HandshakeType::ClientKeyExchange) take_key_exchange(body);
}

void KeyedServer::take_hello(Bytes body) {
  ++hellos_;
  hello_ = {};
  WireReader reader{body};
  if (reader.number(2) != 0x0303) fail("sends a ClientHello of another version");
  client_random_ = as_text(reader.take(random_size));
  if (!reader.vector(1).empty()) fail("resumes a session");
  reader.vector(2);
  if (reader.vector(1).size() != 1) fail("offers compression");
  WireReader extensions{reader.vector(2)};
  while (!extensions.is_at_end()) {
    const Extension type{static_cast<std::uint16_t>(extensions.number(2))};
    WireReader content{extensions.vector(2)};
    if (type == Extension::ServerName) {
      WireReader names{content.vector(2)};
      names.number(1);
      hello_.server_name = as_text(names.vector(2));
    } else if (type == Extension::ApplicationProtocol) {
      hello_.protocols = as_text(content.vector(2));
    } else if (type == Extension::Cookie) {
      hello_.cookie = as_text(content.vector(2));
    } else if (type == Extension::KeyShare) {
      WireReader shares{content.vector(2)};
      hello_.group = shares.number(2);
      hello_.share = as_text(shares.vector(2));
    }
  }
  if (!reader.is_complete() || extensions.failed()) fail("sends a malformed ClientHello");
}

// RFC 7627 §3: the session hash ends with this message.
void KeyedServer::take_key_exchange(Bytes body) {
  WireReader reader{body};
  const Bytes share = reader.vector(1);
  if (!reader.is_complete()) return fail("sends a malformed ClientKeyExchange");
  if (!agree(as_text(share))) return;
  const Digest session = digest();
  schedule_.make_master_secret(as_bytes(shared_secret_),
                               choice_.extended_master_secret ? Bytes{session.bytes()} : Bytes{});
  has_keys_ = true;
}

void KeyedServer::take_finished() {
  if (!reads_protected_) return fail("sends a Finished that is not protected");
  Digest buffer{choice_.hash};
  const KeySchedule& schedule = is_13() ? handshake_ : schedule_;
  if (!std::ranges::equal(messages_.body(), schedule.verify_data(Side::Client, digest(), buffer)))
    return fail("sends a wrong Finished");
  has_client_finished_ = true;
  if (is_13()) reader_.protect(schedule_.keys(Side::Client));
}

}  // namespace tls_test

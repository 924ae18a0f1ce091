#include "healthcheck/protocol/tls/handshake/key_schedule.hpp"

#include <algorithm>

namespace healthcheck::tls {
namespace {

// The context is a digest or nothing. The output has the secret's size, and may be the secret itself.
[[gnu::noinline]] void expand(const Digest& secret, std::string_view label, const Digest* context,
                              MutableBytes out) {
  hkdf_expand_label(secret, label, context != nullptr ? context->bytes() : Bytes{}, out);
}

// As many zeros as a digest has bytes.
Bytes zeros(Hash hash) {
  static constexpr std::uint8_t bytes[digest_size(Hash::Sha384)]{};
  return {bytes, digest_size(hash)};
}

}  // namespace

// The labels have the same size. The client's comes first.
void KeySchedule::advance(Bytes input_keying_material, std::string_view labels, const Digest& transcript) {
  const std::size_t label_size = labels.size() / 2;
  const Digest nothing = Sha2{hash_}.digest();
  expand(secret_, "derived", &nothing, secret_.bytes());
  hkdf_extract(secret_, input_keying_material, secret_);
  for (Digest& secret : traffic_secrets_) {
    secret.hash = hash_;
    expand(secret_, {labels.data(), label_size}, &transcript, secret.bytes());
    labels.remove_prefix(label_size);
  }
}

void KeySchedule::begin_handshake(Bytes shared_secret, const Digest& transcript) {
  // Without a pre-shared key, the early secret is that of zeros.
  hkdf_extract({hash_, zeros(hash_)}, zeros(hash_), secret_);
  advance(shared_secret,
          "c hs traffic"
          "s hs traffic",
          transcript);
}

void KeySchedule::begin_application(const Digest& transcript) {
  advance(zeros(hash_),
          "c ap traffic"
          "s ap traffic",
          transcript);
}

void KeySchedule::update(Side side) {
  Digest& secret = traffic_secrets_[static_cast<std::size_t>(side)];
  expand(secret, "traffic upd", nullptr, secret.bytes());
}

void KeySchedule::set_randoms(Bytes client, Bytes server) {
  std::copy_n(server.begin(), random_size, randoms_.begin());
  std::copy_n(client.begin(), random_size, randoms_.begin() + random_size);
  std::copy_n(server.begin(), random_size, randoms_.begin() + 2 * random_size);
}

void KeySchedule::make_master_secret(Bytes premaster_secret, Bytes session_hash) {
  std::string_view label = "extended master secret";
  Bytes seed = session_hash;
  if (session_hash.empty()) {
    label.remove_prefix(sizeof "extended");
    seed = Bytes{randoms_}.last(2 * random_size);
  }
  prf({hash_, premaster_secret}, label, seed, secret_.storage);
}

RecordKeys KeySchedule::keys(Side side) const {
  RecordKeys keys{.version = version_, .hash = hash_};
  if (version_ == Version::Tls13) {
    expand(traffic_secret(side), "key", nullptr, keys.key());
    expand(traffic_secret(side), "iv", nullptr, keys.iv);
    return keys;
  }
  // RFC 5246 §6.3 and RFC 5288 §3: two keys, then two salts, each the client's first.
  std::array<std::uint8_t, 2 * (key_size(Hash::Sha384) + salt_size)> block;
  prf(master_secret(), "key expansion", Bytes{randoms_}.first(2 * random_size), block);
  const std::size_t size = keys.key().size(), place = side == Side::Client ? 0 : 1;
  std::copy_n(&block[place * size], size, keys.storage.begin());
  std::copy_n(&block[2 * size + place * salt_size], salt_size, keys.iv.begin());
  return keys;
}

Bytes KeySchedule::verify_data(Side side, const Digest& transcript, Digest& buffer) const {
  buffer.hash = hash_;
  if (version_ == Version::Tls13) {
    expand(traffic_secret(side), "finished", nullptr, buffer.bytes());
    const Bytes message[] = {transcript.bytes()};
    hmac(buffer, message, buffer);
    return buffer.bytes();
  }
  MutableBytes data = MutableBytes{buffer.storage}.first(verify_data_size);
  prf(master_secret(), side == Side::Client ? "client finished" : "server finished", transcript.bytes(),
      data);
  return data;
}

}  // namespace healthcheck::tls

#include "healthcheck/protocol/tls/handshake/key_schedule.hpp"

namespace healthcheck::tls {
namespace {

// Derive-Secret (RFC 8446 §7.1), of a transcript that is hashed already.
Digest derive_secret(const Digest& secret, std::string_view label, const Digest& transcript) {
  Digest derived{secret.hash};
  hkdf_expand_label(secret, label, transcript.bytes(), derived.bytes());
  return derived;
}

Digest expand(const Digest& secret, std::string_view label) {
  Digest expanded{secret.hash};
  hkdf_expand_label(secret, label, {}, expanded.bytes());
  return expanded;
}

}  // namespace

void KeySchedule::extract(Bytes input_keying_material) {
  secret_ = hkdf_extract(secret_, input_keying_material);
}

TrafficSecrets KeySchedule::traffic_secrets(std::string_view client_label, std::string_view server_label,
                                            const Digest& transcript) const {
  return {derive_secret(secret_, client_label, transcript), derive_secret(secret_, server_label, transcript)};
}

TrafficSecrets KeySchedule::handshake_secrets(Bytes shared_secret, const Digest& transcript) {
  // Without a pre-shared key, the early secret is that of zeros.
  extract(Digest{secret_.hash}.bytes());
  secret_ = derive_secret(secret_, "derived", Sha2{secret_.hash}.digest());
  extract(shared_secret);
  return traffic_secrets("c hs traffic", "s hs traffic", transcript);
}

TrafficSecrets KeySchedule::application_secrets(const Digest& transcript) {
  secret_ = derive_secret(secret_, "derived", Sha2{secret_.hash}.digest());
  extract(Digest{secret_.hash}.bytes());
  return traffic_secrets("c ap traffic", "s ap traffic", transcript);
}

Digest finished_data(const Digest& traffic_secret, const Digest& transcript) {
  return hmac(expand(traffic_secret, "finished"), transcript.bytes());
}

Digest next_traffic_secret(const Digest& traffic_secret) { return expand(traffic_secret, "traffic upd"); }

MasterSecret::KeyBlock MasterSecret::key_block(Bytes randoms) const {
  KeyBlock block{hash_};
  prf(key(), "key expansion", randoms, block.all());
  return block;
}

std::array<std::uint8_t, MasterSecret::verify_data_size> MasterSecret::finished_data(
    std::string_view label, const Digest& transcript) const {
  std::array<std::uint8_t, verify_data_size> data;
  prf(key(), label, transcript.bytes(), data);
  return data;
}

}  // namespace healthcheck::tls

// The secrets of a connection: the key schedule of TLS 1.3 (RFC 8446 §7), and the master secret of TLS 1.2.
#pragma once

#include <array>

#include "healthcheck/protocol/tls/crypto/hmac.hpp"
#include "healthcheck/protocol/tls/record/protocol.hpp"

namespace healthcheck::tls {

// Traffic secrets of TLS 1.3, one a direction.
struct TrafficSecrets {
  Digest client, server;
};

class KeySchedule {
 public:
  explicit KeySchedule(Hash hash) : secret_{hash} {}

  // The transcript is that up to the ServerHello.
  TrafficSecrets handshake_secrets(Bytes shared_secret, const Digest& transcript);
  // After handshake_secrets(). The transcript is that up to the server's Finished.
  TrafficSecrets application_secrets(const Digest& transcript);

 private:
  TrafficSecrets traffic_secrets(std::string_view client_label, std::string_view server_label,
                                 const Digest& transcript) const;
  // Goes on to the next secret of RFC 8446 §7.1.
  void extract(Bytes input_keying_material);

  Digest secret_;
};

// verify_data of TLS 1.3 (RFC 8446 §4.4.4).
Digest finished_data(const Digest& traffic_secret, const Digest& transcript);
// The traffic secret after a KeyUpdate (RFC 8446 §7.2).
Digest next_traffic_secret(const Digest& traffic_secret);

// TLS 1.2 (RFC 5246 §8.1).
class MasterSecret {
 public:
  static constexpr std::size_t verify_data_size = 12, salt_size = 4;

  // The secret before the key exchange: zeros.
  explicit MasterSecret(Hash hash) : hash_(hash) {}
  // `label` and `seed`: "extended master secret" with the session hash (RFC 7627 §4), or "master secret" with
  // both randoms, the client's first.
  MasterSecret(HmacKey premaster_secret, std::string_view label, Bytes seed) : hash_(premaster_secret.hash) {
    prf(premaster_secret, label, seed, secret_);
  }

  // RFC 5246 §6.3 and RFC 5288 §3: two keys, then two salts, each the client's first.
  class KeyBlock {
   public:
    explicit KeyBlock(Hash hash) : key_size_(key_size(hash)) {}
    Bytes client_key() const { return Bytes{bytes_}.first(key_size_); }
    Bytes server_key() const { return Bytes{bytes_}.subspan(key_size_, key_size_); }
    Bytes client_salt() const { return Bytes{bytes_}.subspan(2 * key_size_, salt_size); }
    Bytes server_salt() const { return Bytes{bytes_}.subspan(2 * key_size_ + salt_size, salt_size); }
    MutableBytes all() { return MutableBytes{bytes_}.first(2 * (key_size_ + salt_size)); }

   private:
    std::size_t key_size_;
    std::array<std::uint8_t, 2 * (key_size(Hash::Sha384) + salt_size)> bytes_;
  };
  // `randoms`: the server's, then the client's.
  KeyBlock key_block(Bytes randoms) const;

  // RFC 5246 §7.4.9, with the label "client finished" or "server finished".
  std::array<std::uint8_t, verify_data_size> finished_data(std::string_view label,
                                                           const Digest& transcript) const;

 private:
  HmacKey key() const { return {hash_, secret_}; }

  Hash hash_;
  std::array<std::uint8_t, 48> secret_{};
};

}  // namespace healthcheck::tls

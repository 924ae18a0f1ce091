// The secrets of a connection, and what is derived from them: the key schedule of TLS 1.3 (RFC 8446 §7), and
// the master secret of TLS 1.2 (RFC 5246 §8.1).
#pragma once

#include <array>

#include "healthcheck/protocol/tls/crypto/hmac.hpp"
#include "healthcheck/protocol/tls/record/record_protection.hpp"

namespace healthcheck::tls {

enum class Side : std::uint8_t { Client, Server };

class KeySchedule {
 public:
  KeySchedule() {}

  // The ServerHello has chosen these.
  void choose(Version version, Hash hash) {
    version_ = version;
    hash_ = hash;
  }
  Version version() const { return version_; }
  Hash hash() const { return hash_; }

  // TLS 1.3. The transcript is that up to the ServerHello.
  void begin_handshake(Bytes shared_secret, const Digest& transcript);
  // TLS 1.3, after begin_handshake(). The transcript is that up to the server's Finished.
  void begin_application(const Digest& transcript);
  // TLS 1.3: the traffic secret after a KeyUpdate (RFC 8446 §7.2).
  [[gnu::noinline]] void update(Side side);

  // TLS 1.2.
  void set_randoms(Bytes client, Bytes server);
  // TLS 1.2, after set_randoms(). The session hash (RFC 7627 §3) is empty if the server does not know the
  // extended master secret.
  void make_master_secret(Bytes premaster_secret, Bytes session_hash);

  // The keys that protect this side's records.
  [[gnu::noinline]] RecordKeys keys(Side side) const;
  // The content of this side's Finished (RFC 8446 §4.4.4, RFC 5246 §7.4.9), which is put into the buffer.
  [[gnu::noinline]] Bytes verify_data(Side side, const Digest& transcript, Digest& buffer) const;

 private:
  static constexpr std::size_t master_secret_size = 48, verify_data_size = 12, salt_size = 4;

  // Goes on to the next secret, and to the traffic secrets with these labels.
  [[gnu::noinline]] void advance(Bytes input_keying_material, std::string_view labels,
                                 const Digest& transcript);
  HmacKey master_secret() const { return {hash_, Bytes{secret_.storage}.first(master_secret_size)}; }
  const Digest& traffic_secret(Side side) const { return traffic_secrets_[static_cast<std::size_t>(side)]; }

  Version version_ = Version::Tls12;
  Hash hash_ = Hash::Sha256;
  // Each is set before it is used.
  Digest secret_;  // in TLS 1.2, its storage is the master secret
  Digest traffic_secrets_[2];
  // The server's, the client's and again the server's: the standards join them in both orders.
  std::array<std::uint8_t, 3 * random_size> randoms_;
};

}  // namespace healthcheck::tls

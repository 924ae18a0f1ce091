// The transcript hash of a handshake (RFC 8446 §4.4.1).
#pragma once

#include "healthcheck/protocol/tls/crypto/sha2.hpp"
#include "healthcheck/protocol/tls/record/protocol.hpp"

namespace healthcheck::tls {

// The ServerHello tells which hash is the handshake's. Until then the ClientHello would have to be kept; both
// hashes together are smaller.
class Transcript {
 public:
  [[gnu::noinline]] void update(Bytes message) {
    if (!sha384_is_chosen_) sha256_.update(message);
    if (!sha256_is_chosen_) sha384_.update(message);
  }
  // Ends the other hash.
  void choose(Hash hash) { (hash == Hash::Sha256 ? sha256_is_chosen_ : sha384_is_chosen_) = true; }

  Digest digest(Hash hash) const {
    Digest result;
    digest(hash, result);
    return result;
  }
  void digest(Hash hash, Digest& result) const { (hash == Hash::Sha256 ? sha256_ : sha384_).digest(result); }

  // After a HelloRetryRequest, a message that holds the digest of the first ClientHello takes its place.
  void replace_by_digest(Hash hash) {
    Digest first_hello = digest(hash);
    Bytes bytes = first_hello.bytes();
    const std::uint8_t header[] = {static_cast<std::uint8_t>(HandshakeType::MessageHash), 0, 0,
                                   static_cast<std::uint8_t>(bytes.size())};
    Sha2& chosen = hash == Hash::Sha256 ? sha256_ : sha384_;
    chosen.start(hash);
    chosen.update(header);
    chosen.update(bytes);
  }

 private:
  bool sha256_is_chosen_ = false, sha384_is_chosen_ = false;
  Sha2 sha256_{Hash::Sha256}, sha384_{Hash::Sha384};
};

}  // namespace healthcheck::tls

// Elliptic-curve Diffie-Hellman over the three groups that servers want: X25519 (RFC 7748), P-256 and P-384
// (NIST SP 800-186), with shares in the form that TLS gives them (RFC 8446 §4.2.8.2, RFC 8422 §5.4 and
// §5.10).
#pragma once

#include <cstddef>
#include <cstdint>

#include "healthcheck/protocol/tls/crypto/bytes.hpp"

namespace healthcheck::tls {

// The values are those of the extension supported_groups (RFC 8446 §4.2.7).
enum class Group : std::uint16_t { P256 = 23, P384 = 24, X25519 = 29 };

// The size of a private scalar, and of the shared secret. Neither this nor the next is inlined: that is
// smaller.
[[gnu::noinline]] constexpr std::size_t secret_size(Group group) { return group == Group::P384 ? 48 : 32; }
// The size of a public share: of NIST's groups an uncompressed point, 04 || x || y.
[[gnu::noinline]] constexpr std::size_t share_size(Group group) {
  return group == Group::X25519 ? 32 : 1 + 2 * secret_size(group);
}
inline constexpr std::size_t max_secret_size = secret_size(Group::P384);
inline constexpr std::size_t max_share_size = share_size(Group::P384);

// Makes the public share for a private scalar of secret_size(group) random bytes; `share` has
// share_size(group) bytes. Not a key pair for other uses: of NIST's groups, the point is the product or its
// negative, and both give the same shared secret.
void make_share(Group group, Bytes scalar, MutableBytes share);

// Computes the secret shared with the peer, of secret_size(group) bytes. Returns false if the peer's share
// has the wrong size or form, is no point of the curve, or gives the point at infinity (in X25519, all
// zeros).
[[nodiscard]] bool agree(Group group, Bytes scalar, Bytes peer_share, MutableBytes secret);

}  // namespace healthcheck::tls

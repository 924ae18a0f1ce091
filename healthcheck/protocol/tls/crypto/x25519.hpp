// The function X25519 (RFC 7748 §5).
#pragma once

#include "healthcheck/protocol/tls/crypto/bytes.hpp"

namespace healthcheck::tls {

inline constexpr std::size_t x25519_size = 32;

// Multiplies the point with the coordinate u by the scalar. All three have x25519_size bytes, the least
// significant one first; the product may be in the place of u. Of the scalar, five bits are fixed; the
// highest bit of u is ignored, and a u above the prime is reduced. The product is 0 for points of small
// order.
void x25519(Bytes scalar, Bytes u, MutableBytes product);

}  // namespace healthcheck::tls

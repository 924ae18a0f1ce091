// HMAC (RFC 2104), and the two ways in which TLS derives keys with it: HKDF (RFC 5869 and RFC 8446 §7.1) in
// TLS 1.3, and the pseudorandom function PRF (RFC 5246 §5) in TLS 1.2.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "healthcheck/protocol/tls/crypto/bytes.hpp"
#include "healthcheck/protocol/tls/crypto/sha2.hpp"

namespace healthcheck::tls {

// The HMAC of all parts of the message, one after the other. The key has at most a block: TLS has none that
// is longer, and would have to be hashed first. The result may be the key or a part.
[[gnu::noinline]] void hmac(const HmacKey& key, std::span<const Bytes> message, Digest& result);
inline Digest hmac(const HmacKey& key, std::initializer_list<Bytes> message) {
  Digest result;
  hmac(key, {message.begin(), message.size()}, result);
  return result;
}
inline Digest hmac(const HmacKey& key, Bytes message) { return hmac(key, {message}); }

// RFC 5869 §2.2. The salt carries the hash; TLS 1.3's first salt is a Digest of zeros.
inline void hkdf_extract(const HmacKey& salt, Bytes input_keying_material, Digest& key) {
  hmac(salt, {&input_keying_material, 1}, key);
}

// HKDF-Expand-Label (RFC 8446 §7.1). `label` lacks the prefix "tls13 ", and has at most 12 bytes; `context`
// has at most one digest's size, and so has `out`: TLS 1.3 derives nothing longer, so one block is always
// enough.
void hkdf_expand_label(const HmacKey& secret, std::string_view label, Bytes context, MutableBytes out);

// PRF (RFC 5246 §5) with the hash of the cipher suite. `out` may have any size.
[[gnu::noinline]] void prf(const HmacKey& secret, std::string_view label, Bytes seed, MutableBytes out);

}  // namespace healthcheck::tls

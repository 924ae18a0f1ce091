// The same primitives by OpenSSL, with the interfaces of ours.
#pragma once

#include <string_view>
#include <vector>

#include "healthcheck/protocol/tls/crypto/aes_gcm.hpp"
#include "healthcheck/protocol/tls/crypto/bytes.hpp"
#include "healthcheck/protocol/tls/crypto/key_exchange.hpp"
#include "healthcheck/protocol/tls/crypto/sha2.hpp"

namespace openssl {

using healthcheck::tls::Bytes;
using healthcheck::tls::Group;
using healthcheck::tls::Hash;
using healthcheck::tls::HmacKey;
using ByteString = std::vector<std::uint8_t>;

ByteString digest(Hash hash, Bytes message);
ByteString hmac(HmacKey key, Bytes message);
ByteString hkdf_extract(HmacKey salt, Bytes input_keying_material);
ByteString hkdf_expand_label(HmacKey secret, std::string_view label, Bytes context, std::size_t size);
ByteString prf(HmacKey secret, std::string_view label, Bytes seed, std::size_t size);

// The ciphertext and its tag.
ByteString seal(Bytes key, healthcheck::tls::AesGcm::Nonce nonce, Bytes additional_data, Bytes text);

ByteString share(Group group, Bytes scalar);
// The shared secret; empty if OpenSSL refuses the share.
ByteString agree(Group group, Bytes scalar, Bytes peer_share);

}  // namespace openssl

#include "tests/cryptography/openssl.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/obj_mac.h>
#include <openssl/params.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

namespace openssl {

namespace {

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* object) const { release(object); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;

using healthcheck::tls::as_bytes;

using Number = Owned<BIGNUM, BN_free>;
using Curve = Owned<EC_GROUP, EC_GROUP_free>;
using Point = Owned<EC_POINT, EC_POINT_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;

// Aborts if OpenSSL fails: there would be nothing to compare with.
void require(bool condition, const char* call) {
  if (condition) return;
  std::fprintf(stderr, "OpenSSL's %s failed\n", call);
  std::abort();
}

const EVP_MD* algorithm(Hash hash) { return hash == Hash::Sha256 ? EVP_sha256() : EVP_sha384(); }

// OpenSSL refuses a null pointer to no bytes.
OSSL_PARAM octets(const char* name, Bytes bytes) {
  static std::uint8_t none;
  return OSSL_PARAM_construct_octet_string(
      name, bytes.empty() ? &none : const_cast<std::uint8_t*>(bytes.data()), bytes.size());
}

OSSL_PARAM text(const char* name, const char* value) {
  return OSSL_PARAM_construct_utf8_string(name, const_cast<char*>(value), 0);
}

const char* name_of(Hash hash) { return hash == Hash::Sha256 ? "SHA256" : "SHA384"; }

ByteString derive(const char* name, const std::vector<OSSL_PARAM>& parameters, std::size_t size) {
  Owned<EVP_KDF, EVP_KDF_free> kdf{EVP_KDF_fetch(nullptr, name, nullptr)};
  require(kdf != nullptr, "EVP_KDF_fetch");
  Owned<EVP_KDF_CTX, EVP_KDF_CTX_free> context{EVP_KDF_CTX_new(kdf.get())};
  ByteString out(size);
  require(EVP_KDF_derive(context.get(), out.data(), size, parameters.data()) == 1, "EVP_KDF_derive");
  return out;
}

Curve curve_of(Group group) {
  return Curve{EC_GROUP_new_by_curve_name(group == Group::P256 ? NID_X9_62_prime256v1 : NID_secp384r1)};
}

Number number_of(Bytes bytes) {
  return Number{BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)};
}

}  // namespace

ByteString digest(Hash hash, Bytes message) {
  ByteString out(digest_size(hash));
  require(EVP_Digest(message.data(), message.size(), out.data(), nullptr, algorithm(hash), nullptr) == 1,
          "EVP_Digest");
  return out;
}

ByteString hmac(HmacKey key, Bytes message) {
  ByteString out(digest_size(key.hash));
  require(HMAC(algorithm(key.hash), key.bytes.data(), static_cast<int>(key.bytes.size()), message.data(),
               message.size(), out.data(), nullptr) != nullptr,
          "HMAC");
  return out;
}

ByteString hkdf_extract(HmacKey salt, Bytes input_keying_material) {
  int mode = EVP_KDF_HKDF_MODE_EXTRACT_ONLY;
  return derive(
      "HKDF",
      {OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode), text(OSSL_KDF_PARAM_DIGEST, name_of(salt.hash)),
       octets(OSSL_KDF_PARAM_KEY, input_keying_material), octets(OSSL_KDF_PARAM_SALT, salt.bytes),
       OSSL_PARAM_construct_end()},
      digest_size(salt.hash));
}

ByteString hkdf_expand_label(HmacKey secret, std::string_view label, Bytes context, std::size_t size) {
  int mode = EVP_KDF_HKDF_MODE_EXPAND_ONLY;
  return derive(
      "TLS13-KDF",
      {OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
       text(OSSL_KDF_PARAM_DIGEST, name_of(secret.hash)), octets(OSSL_KDF_PARAM_KEY, secret.bytes),
       octets(OSSL_KDF_PARAM_PREFIX, as_bytes("tls13 ")), octets(OSSL_KDF_PARAM_LABEL, as_bytes(label)),
       octets(OSSL_KDF_PARAM_DATA, context), OSSL_PARAM_construct_end()},
      size);
}

ByteString prf(HmacKey secret, std::string_view label, Bytes seed, std::size_t size) {
  return derive("TLS1-PRF",
                {text(OSSL_KDF_PARAM_DIGEST, name_of(secret.hash)),
                 octets(OSSL_KDF_PARAM_SECRET, secret.bytes), octets(OSSL_KDF_PARAM_SEED, as_bytes(label)),
                 octets(OSSL_KDF_PARAM_SEED, seed), OSSL_PARAM_construct_end()},
                size);
}

ByteString seal(Bytes key, healthcheck::tls::AesGcm::Nonce nonce, Bytes additional_data, Bytes text) {
  Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context{EVP_CIPHER_CTX_new()};
  ByteString out(text.size() + healthcheck::tls::AesGcm::tag_size);
  int size = 0;
  require(EVP_EncryptInit_ex(context.get(), key.size() == 16 ? EVP_aes_128_gcm() : EVP_aes_256_gcm(), nullptr,
                             key.data(), nonce.data()) == 1 &&
              EVP_EncryptUpdate(context.get(), nullptr, &size, additional_data.data(),
                                static_cast<int>(additional_data.size())) == 1 &&
              EVP_EncryptUpdate(context.get(), out.data(), &size, text.data(),
                                static_cast<int>(text.size())) == 1 &&
              EVP_EncryptFinal_ex(context.get(), out.data() + text.size(), &size) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, healthcheck::tls::AesGcm::tag_size,
                                  out.data() + text.size()) == 1,
          "EVP_Encrypt");
  return out;
}

ByteString share(Group group, Bytes scalar) {
  ByteString out(share_size(group));
  if (group == Group::X25519) {
    Key key{EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, scalar.data(), scalar.size())};
    std::size_t size = out.size();
    require(EVP_PKEY_get_raw_public_key(key.get(), out.data(), &size) == 1, "EVP_PKEY_get_raw_public_key");
    return out;
  }
  Curve curve = curve_of(group);
  Point point{EC_POINT_new(curve.get())};
  require(EC_POINT_mul(curve.get(), point.get(), number_of(scalar).get(), nullptr, nullptr, nullptr) == 1 &&
              EC_POINT_point2oct(curve.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, out.data(),
                                 out.size(), nullptr) == out.size(),
          "EC_POINT_mul");
  return out;
}

ByteString agree(Group group, Bytes scalar, Bytes peer_share) {
  ByteString out(secret_size(group));
  if (group == Group::X25519) {
    Key key{EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, scalar.data(), scalar.size())};
    Key peer{EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, peer_share.data(), peer_share.size())};
    Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{EVP_PKEY_CTX_new(key.get(), nullptr)};
    std::size_t size = out.size();
    bool agreed = EVP_PKEY_derive_init(context.get()) == 1 &&
                  EVP_PKEY_derive_set_peer(context.get(), peer.get()) == 1 &&
                  EVP_PKEY_derive(context.get(), out.data(), &size) == 1;
    return agreed ? out : ByteString{};
  }
  Curve curve = curve_of(group);
  Point peer{EC_POINT_new(curve.get())}, product{EC_POINT_new(curve.get())};
  if (EC_POINT_oct2point(curve.get(), peer.get(), peer_share.data(), peer_share.size(), nullptr) != 1)
    return {};
  require(
      EC_POINT_mul(curve.get(), product.get(), nullptr, peer.get(), number_of(scalar).get(), nullptr) == 1,
      "EC_POINT_mul");
  Number x{BN_new()};
  if (EC_POINT_get_affine_coordinates(curve.get(), product.get(), x.get(), nullptr, nullptr) != 1) return {};
  require(BN_bn2binpad(x.get(), out.data(), static_cast<int>(out.size())) > 0, "BN_bn2binpad");
  return out;
}

}  // namespace openssl

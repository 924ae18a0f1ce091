// Tests HMAC with RFC 4231, HKDF-Expand-Label with the trace of RFC 8448, and the PRF of TLS 1.2.
#include "healthcheck/protocol/tls/crypto/hmac.hpp"

#include <gtest/gtest.h>

#include "tests/unit/healthcheck/protocol/tls/hex.hpp"

namespace healthcheck::tls {
namespace {

// RFC 4231 §4.3.
TEST(Hmac, AgreesWithItsSpecification) {
  ByteString short_key = from_text("Jefe");
  ByteString question = from_text("what do ya want for nothing?");
  EXPECT_EQ(to_hex(hmac({Hash::Sha256, short_key}, question).bytes()),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac({Hash::Sha384, short_key}, question).bytes()),
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
            "8e2240ca5e69e2c78b3239ecfab21649");
}

std::string expand(const Digest& secret, const char* label, Bytes context, std::size_t size) {
  ByteString out(size);
  hkdf_expand_label(secret, label, context, out);
  return to_hex(out);
}

// RFC 8448 §3, from the early secret to the server's handshake keys.
TEST(Hkdf, AgreesWithTheTraceOfAHandshake) {
  Digest zeros{Hash::Sha256};
  Digest early;
  hkdf_extract(zeros, zeros.bytes(), early);
  EXPECT_EQ(to_hex(early.bytes()), "33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a");
  Digest derived{Hash::Sha256};
  hkdf_expand_label(early, "derived", Sha2{Hash::Sha256}.digest().bytes(), derived.bytes());
  EXPECT_EQ(to_hex(derived.bytes()), "6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba");
  Digest handshake;
  hkdf_extract(derived, from_hex("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d"),
               handshake);
  EXPECT_EQ(to_hex(handshake.bytes()), "1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac");
  Digest server{Hash::Sha256};
  hkdf_expand_label(handshake, "s hs traffic",
                    from_hex("860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8"),
                    server.bytes());
  EXPECT_EQ(to_hex(server.bytes()), "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38");
  EXPECT_EQ(expand(server, "key", {}, 16), "3fce516009c21727d0f2e4e86ee403bc");
  EXPECT_EQ(expand(server, "iv", {}, 12), "5d313eb2671276ee13000b30");
}

// The vector that the TLS working group published for the PRF with SHA-256, and its start for each shorter
// output.
TEST(Prf, AgreesWithThePublishedVector) {
  ByteString secret = from_hex("9bbe436ba940f017b17652849a71db35");
  ByteString seed = from_hex("a0ba9f936cda311827a6f796ffd5198c");
  std::string expected =
      "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a"
      "6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab"
      "4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701"
      "87347b66";
  for (std::size_t size = 0; size <= 100; ++size) {
    ByteString out(size);
    prf({Hash::Sha256, secret}, "test label", seed, out);
    EXPECT_EQ(to_hex(out), expected.substr(0, 2 * size));
  }
}

}  // namespace
}  // namespace healthcheck::tls

// Tests SHA-256 and SHA-384 with the examples of FIPS 180-4, and at all lengths around their blocks.
#include "healthcheck/protocol/tls/crypto/sha2.hpp"

#include <gtest/gtest.h>

#include "tests/unit/healthcheck/protocol/tls/hex.hpp"

namespace healthcheck::tls {
namespace {

std::string digest_of(Hash hash, Bytes message) {
  Sha2 sha2{hash};
  sha2.update(message);
  return to_hex(sha2.digest().bytes());
}

TEST(Sha2, AgreesWithItsSpecification) {
  ByteString message = from_text("abc");
  EXPECT_EQ(digest_of(Hash::Sha256, message),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest_of(Hash::Sha384, message),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
            "8086072ba1e7cc2358baeca134c825a7");
  EXPECT_EQ(digest_of(Hash::Sha256, from_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(digest_of(Hash::Sha384, from_text("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                                              "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu")),
            "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712"
            "fcc7c71a557e2db966c3e9fa91746039");
}

// The message of length n is the bytes 0, 1, … up to n - 1. Python's hashlib gave the digests of all digests.
TEST(Sha2, EveryLengthUpTo300IsPaddedRight) {
  for (auto [hash, expected] :
       {std::pair{Hash::Sha256, "ddbdb189f5834c274dbe603d6d2874adf7234fd8a075c3d1bfbadc2107a75676"},
        std::pair{Hash::Sha384,
                  "9eac9135d3e01a08e33ba204064b7ca9820893ed864baed4bb53633cdf010d22"
                  "b5a45fab86bfd70b4fd1dc267942a022"}}) {
    Sha2 all{hash};
    for (std::size_t length = 0; length <= 300; ++length) {
      ByteString message(length);
      for (std::size_t i = 0; i < length; ++i) message[i] = static_cast<std::uint8_t>(i);
      Sha2 one{hash};
      one.update(message);
      all.update(one.digest().bytes());
    }
    EXPECT_EQ(to_hex(all.digest().bytes()), expected);
  }
}

TEST(Sha2, DigestDoesNotEndTheMessage) {
  for (Hash hash : {Hash::Sha256, Hash::Sha384}) {
    ByteString message(300, 'm');
    Sha2 sha2{hash};
    for (std::size_t size = 0; size < message.size(); ++size) {
      EXPECT_EQ(to_hex(sha2.digest().bytes()), digest_of(hash, Bytes{message}.first(size))) << size;
      sha2.update(Bytes{message}.subspan(size, 1));
    }
  }
}

}  // namespace
}  // namespace healthcheck::tls

// Tests AES-GCM with the examples of its specification, and with messages that were changed.
#include "healthcheck/protocol/tls/crypto/aes_gcm.hpp"

#include <gtest/gtest.h>

#include "tests/unit/healthcheck/protocol/tls/hex.hpp"

namespace healthcheck::tls {
namespace {

struct Case {
  const char *key, *nonce, *additional_data, *text, *ciphertext, *tag;
};

// McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B: test cases 1, 2, 4, 14 and 16.
constexpr const char* key_128 = "feffe9928665731c6d6a8f9467308308";
constexpr const char* key_256 = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
constexpr const char* nonce = "cafebabefacedbaddecaf888";
constexpr const char* additional_data = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
constexpr const char* text =
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
constexpr const char* zero_128 = "00000000000000000000000000000000";
constexpr const char* zero_256 = "0000000000000000000000000000000000000000000000000000000000000000";
constexpr const char* zero_nonce = "000000000000000000000000";
constexpr Case cases[] = {
    {zero_128, zero_nonce, "", "", "", "58e2fccefa7e3061367f1d57a4e7455a"},
    {zero_128, zero_nonce, "", zero_128, "0388dace60b6a392f328c2b971b2fe78",
     "ab6e47d42cec13bdf53a67b21257bddf"},
    {key_128, nonce, additional_data, text,
     "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
     "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091",
     "5bc94fbc3221a5db94fae95ae7121a47"},
    {zero_256, zero_nonce, "", zero_128, "cea7403d4d606b6e074ec5d3baf39d18",
     "d0d1c8a799996bf0265b98b5d48ab919"},
    {key_256, nonce, additional_data, text,
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
     "76fc6ece0f4e1768cddf8853bb2d551b"},
};

TEST(AesGcm, AgreesWithItsSpecification) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.tag);
    AesGcm cipher{from_hex(c.key)};
    ByteString message = from_hex(c.text), iv = from_hex(c.nonce), data = from_hex(c.additional_data);
    message.resize(message.size() + AesGcm::tag_size);
    cipher.seal(AesGcm::Nonce{iv}, data, message);
    EXPECT_EQ(to_hex(message), std::string{c.ciphertext} + c.tag);
    EXPECT_TRUE(cipher.open(AesGcm::Nonce{iv}, data, message));
    message.resize(message.size() - AesGcm::tag_size);
    EXPECT_EQ(to_hex(message), c.text);
  }
}

TEST(AesGcm, AnyChangedBitIsRefusedAndLeavesTheMessageAsItIs) {
  AesGcm cipher{from_hex(key_128)};
  ByteString message = from_hex(text), iv = from_hex(nonce), data = from_hex(additional_data);
  message.resize(message.size() + AesGcm::tag_size);
  cipher.seal(AesGcm::Nonce{iv}, data, message);
  for (ByteString* part : {&message, &iv, &data}) {
    for (std::size_t bit = 0; bit < 8 * part->size(); ++bit) {
      std::uint8_t &byte = (*part)[bit / 8], mask = static_cast<std::uint8_t>(1 << bit % 8);
      byte ^= mask;
      ByteString before = message;
      EXPECT_FALSE(cipher.open(AesGcm::Nonce{iv}, data, message)) << bit;
      EXPECT_EQ(message, before);
      byte ^= mask;
    }
  }
  EXPECT_TRUE(cipher.open(AesGcm::Nonce{iv}, data, message));
}

TEST(AesGcm, MessageShorterThanATagIsRefused) {
  AesGcm cipher{from_hex(key_128)};
  ByteString iv = from_hex(nonce);
  for (std::size_t size = 0; size < AesGcm::tag_size; ++size) {
    ByteString message(size);
    EXPECT_FALSE(cipher.open(AesGcm::Nonce{iv}, {}, message)) << size;
  }
}

}  // namespace
}  // namespace healthcheck::tls

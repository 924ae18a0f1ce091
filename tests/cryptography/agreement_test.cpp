// Tests that each primitive agrees with OpenSSL's for random inputs. The seed is fixed, so that a
// failure can be reproduced.
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "healthcheck/protocol/tls/crypto/hmac.hpp"
#include "tests/cryptography/digest/rounds.hpp"
#include "tests/cryptography/openssl.hpp"
#include "tests/unit/healthcheck/protocol/tls/hex.hpp"

namespace healthcheck::tls {
namespace {

constexpr int agreements = 10'000;
constexpr std::uint64_t seed = 20'251'127;

class Agreement : public testing::Test {
 protected:
  // The seed and the counter are in the report of a failure.
  template <class Check>
  void repeat(Check check) {
    for (int i = 0; i < agreements && !HasFailure(); ++i) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", agreement " + std::to_string(i));
      check();
    }
  }

  std::size_t number(std::size_t least, std::size_t most) {
    return std::uniform_int_distribution<std::size_t>{least, most}(random_);
  }
  // Random bytes. One string in 16 has equal bytes, which makes the carries that are rare otherwise.
  ByteString bytes(std::size_t size) {
    ByteString out(size);
    auto same = static_cast<std::uint8_t>(number(0, 1) * 255);
    bool constant = number(0, 15) == 0;
    for (std::uint8_t& byte : out) byte = constant ? same : static_cast<std::uint8_t>(random_());
    return out;
  }
  std::string label(std::size_t most) {
    std::string out(number(1, most), ' ');
    for (char& c : out) c = static_cast<char>(number('a', 'z'));
    return out;
  }

  void sha2(Hash hash);
  void hash_mac(Hash hash);
  void extract(Hash hash);
  void expand(Hash hash);
  void pseudorandom(Hash hash);
  void gcm(std::size_t key_size);
  void exchange(Group group);

 private:
  std::mt19937_64 random_{seed};
};

ByteString copy(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

void Agreement::sha2(Hash hash) {
  repeat([&] {
    ByteString message = bytes(number(0, 600));
    std::size_t cut = number(0, message.size());
    Sha2 ours{hash};
    ours.update(Bytes{message}.first(cut));
    ours.update(Bytes{message}.subspan(cut));
    EXPECT_EQ(copy(ours.digest().bytes()), openssl::digest(hash, message));
  });
}

void Agreement::hash_mac(Hash hash) {
  repeat([&] {
    ByteString key = bytes(number(1, block_size(hash))), message = bytes(number(0, 300));
    EXPECT_EQ(copy(hmac({hash, key}, message).bytes()), openssl::hmac({hash, key}, message));
  });
}

// TLS 1.3 gives it secrets of the hash's size, or of the group's. HMAC takes keys of up to a block.
void Agreement::extract(Hash hash) {
  repeat([&] {
    ByteString salt = bytes(number(1, block_size(hash))), material = bytes(number(1, 200));
    Digest extracted;
    hkdf_extract({hash, salt}, material, extracted);
    EXPECT_EQ(copy(extracted.bytes()), openssl::hkdf_extract({hash, salt}, material));
  });
}

void Agreement::expand(Hash hash) {
  repeat([&] {
    ByteString secret = bytes(digest_size(hash)), context = bytes(number(0, digest_size(hash)));
    std::string name = label(12);
    ByteString ours(number(1, digest_size(hash)));
    hkdf_expand_label({hash, secret}, name, context, ours);
    EXPECT_EQ(ours, openssl::hkdf_expand_label({hash, secret}, name, context, ours.size()));
  });
}

void Agreement::pseudorandom(Hash hash) {
  repeat([&] {
    ByteString secret = bytes(number(1, 64)), context = bytes(number(1, 100)), ours(number(1, 200));
    std::string name = label(24);
    prf({hash, secret}, name, context, ours);
    EXPECT_EQ(ours, openssl::prf({hash, secret}, name, context, ours.size()));
  });
}

void Agreement::gcm(std::size_t key_size) {
  repeat([&] {
    ByteString key = bytes(key_size), nonce = bytes(AesGcm::nonce_size), data = bytes(number(0, 40));
    ByteString text = bytes(number(0, 300)), message = text;
    message.resize(text.size() + AesGcm::tag_size);
    AesGcm cipher{key};
    cipher.seal(AesGcm::Nonce{nonce}, data, message);
    EXPECT_EQ(message, openssl::seal(key, AesGcm::Nonce{nonce}, data, text));
    EXPECT_TRUE(cipher.open(AesGcm::Nonce{nonce}, data, message));
    message.resize(text.size());
    EXPECT_EQ(message, text);
  });
}

// OpenSSL makes the peer's share, and reaches the same secret with our share.
void Agreement::exchange(Group group) {
  int count = 0;
  repeat([&] {
    ByteString ours = bytes(secret_size(group)), theirs = bytes(secret_size(group));
    // 0 is no private key of NIST's curves; the unit tests have it.
    ours[5] |= 1;
    theirs[5] |= 1;
    ByteString peer = openssl::share(group, theirs), secret(secret_size(group));
    EXPECT_TRUE(agree(group, ours, peer, secret));
    EXPECT_EQ(secret, openssl::agree(group, ours, peer));
    // Our shares cost as much again, so one in ten is made.
    if (count++ % 10 != 0) return;
    ByteString share(share_size(group));
    make_share(group, ours, share);
    EXPECT_EQ(openssl::agree(group, theirs, share), secret);
  });
}

TEST_F(Agreement, Sha256) { sha2(Hash::Sha256); }
TEST_F(Agreement, Sha384) { sha2(Hash::Sha384); }
TEST_F(Agreement, HmacSha256) { hash_mac(Hash::Sha256); }
TEST_F(Agreement, HmacSha384) { hash_mac(Hash::Sha384); }
TEST_F(Agreement, HkdfExtractSha256) { extract(Hash::Sha256); }
TEST_F(Agreement, HkdfExtractSha384) { extract(Hash::Sha384); }
TEST_F(Agreement, HkdfExpandLabelSha256) { expand(Hash::Sha256); }
TEST_F(Agreement, HkdfExpandLabelSha384) { expand(Hash::Sha384); }
TEST_F(Agreement, PrfSha256) { pseudorandom(Hash::Sha256); }
TEST_F(Agreement, PrfSha384) { pseudorandom(Hash::Sha384); }
TEST_F(Agreement, Aes128Gcm) { gcm(16); }
TEST_F(Agreement, Aes256Gcm) { gcm(32); }
TEST_F(Agreement, X25519) { exchange(Group::X25519); }
TEST_F(Agreement, P256) { exchange(Group::P256); }
TEST_F(Agreement, P384) { exchange(Group::P384); }

// X25519 accepts any share: points of the twist, and numbers above the prime. OpenSSL refuses the same ones.
TEST_F(Agreement, X25519WithAnyShare) {
  repeat([&] {
    ByteString scalar = bytes(32), peer = bytes(32), secret(32);
    bool agreed = agree(Group::X25519, scalar, peer, secret);
    ByteString theirs = openssl::agree(Group::X25519, scalar, peer);
    EXPECT_EQ(agreed ? secret : ByteString{}, theirs);
  });
}

// The other architectures are compared with this digest.
TEST(Digest, IsThatOfThisArchitecture) {
  std::ifstream file{EXPECTED_DIGEST};
  std::string expected;
  std::getline(file, expected);
  EXPECT_EQ(to_hex(Rounds{}.run(16).bytes()), expected);
}

}  // namespace
}  // namespace healthcheck::tls

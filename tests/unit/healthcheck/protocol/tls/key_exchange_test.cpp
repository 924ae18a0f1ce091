// Tests the key exchange with the examples of RFC 7748 and RFC 5903, and with shares that must be refused.
#include "healthcheck/protocol/tls/crypto/key_exchange.hpp"

#include <gtest/gtest.h>

#include "tests/unit/healthcheck/protocol/tls/hex.hpp"

namespace healthcheck::tls {
namespace {

constexpr Group groups[] = {Group::X25519, Group::P256, Group::P384};

ByteString share_of(Group group, const ByteString& scalar) {
  ByteString share(share_size(group));
  make_share(group, scalar, share);
  return share;
}

// The shared secret in hexadecimal digits, or "refused".
std::string secret_of(Group group, const ByteString& scalar, const ByteString& share) {
  ByteString secret(secret_size(group));
  return agree(group, scalar, share, secret) ? to_hex(secret) : "refused";
}

ByteString scalar_of(Group group, int seed) {
  ByteString scalar(secret_size(group));
  for (std::uint8_t& byte : scalar) byte = static_cast<std::uint8_t>(seed = (seed * 73 + 41) & 0xff);
  return scalar;
}

// RFC 7748 §5.2.
TEST(X25519, AgreesWithItsSpecification) {
  EXPECT_EQ(
      secret_of(Group::X25519, from_hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
                from_hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")),
      "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
  // The highest bit of this share is set, and must be ignored.
  EXPECT_EQ(
      secret_of(Group::X25519, from_hex("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
                from_hex("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493")),
      "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
}

// RFC 7748 §6.1.
TEST(X25519, ShareIsThatOfTheSpecification) {
  EXPECT_EQ(to_hex(share_of(Group::X25519,
                            from_hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))),
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
}

// All points of low order, of the curve and its twist, and their forms that are not reduced.
TEST(X25519, ShareOfLowOrderIsRefused) {
  ByteString scalar = scalar_of(Group::X25519, 1);
  for (const char* share : {"0000000000000000000000000000000000000000000000000000000000000000",
                            "0100000000000000000000000000000000000000000000000000000000000000",
                            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"})
    EXPECT_EQ(secret_of(Group::X25519, scalar, from_hex(share)), "refused") << share;
}

// RFC 5903 §8.1 and §8.2.
TEST(NistCurves, AgreeWithTheirSpecification) {
  ByteString scalar = from_hex("c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433");
  EXPECT_EQ(to_hex(share_of(Group::P256, scalar)).substr(0, 66),
            "04dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180");
  EXPECT_EQ(secret_of(Group::P256, scalar,
                      from_hex("04d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"
                               "56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab")),
            "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de");
  scalar = from_hex(
      "099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655e35b538041e649ee3faef896783ab194");
  EXPECT_EQ(
      to_hex(share_of(Group::P384, scalar)).substr(0, 98),
      "04667842d7d180ac2cde6f74f37551f55755c7645c20ef73e31634fe72b4c55ee6de3ac808acb4bdb4c88732aee95f41aa");
  EXPECT_EQ(
      secret_of(Group::P384, scalar,
                from_hex("04e558dbef53eecde3d3fccfc1aea08a89a987475d12fd950d83cfa41732bc509d"
                         "0d1ac43a0336def96fda41d0774a3571dcfbec7aacf3196472169e838430367f"
                         "66eebe3c6e70c416dd5f0c68759dd1fff83fa40142209dff5eaad96db9e6386c")),
      "11187331c279962d93d604243fd592cb9d0a926f422e47187521287e7156c5c4d603135569b9e9d09cf5d4a270f59746");
}

TEST(KeyExchange, BothSidesAgreeInEveryGroup) {
  for (Group group : groups) {
    ByteString ours = scalar_of(group, 3), theirs = scalar_of(group, 4);
    std::string secret = secret_of(group, ours, share_of(group, theirs));
    EXPECT_NE(secret, "refused");
    EXPECT_EQ(secret, secret_of(group, theirs, share_of(group, ours)));
  }
}

TEST(KeyExchange, ShareOfAnotherSizeIsRefused) {
  for (Group group : groups) {
    ByteString scalar = scalar_of(group, 5), share = share_of(group, scalar);
    for (std::size_t size = 0; size <= 2 * max_share_size; ++size) {
      ByteString other = share;
      other.resize(size);
      EXPECT_EQ(secret_of(group, scalar, other) == "refused", size != share_size(group)) << size;
    }
  }
}

TEST(NistCurves, ShareThatIsNoPointIsRefused) {
  for (Group group : {Group::P256, Group::P384}) {
    ByteString scalar = scalar_of(group, 6), share = share_of(group, scalar);
    for (std::size_t bit = 0; bit < 8 * share.size(); bit += 7) {
      ByteString other = share;
      other[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
      EXPECT_EQ(secret_of(group, scalar, other), "refused") << bit;
    }
    // The other forms of SEC 1: a hybrid point, and the point at infinity filled up with zeros.
    share[0] = 6;
    EXPECT_EQ(secret_of(group, scalar, share), "refused");
    EXPECT_EQ(secret_of(group, scalar, ByteString(share.size())), "refused");
  }
}

// The point's x-coordinate is 0. Formulas for the ladder that divide by it fail.
TEST(NistCurves, PointOnTheAxisIsAccepted) {
  const char* root = "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4";
  ByteString share = from_hex(std::string{"04"} + std::string(64, '0') + root);
  EXPECT_NE(secret_of(Group::P256, scalar_of(Group::P256, 7), share), "refused");
  // The same point with a number that is not reduced: the prime.
  share = from_hex(std::string{"04ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"} + root);
  EXPECT_EQ(secret_of(Group::P256, scalar_of(Group::P256, 7), share), "refused");
}

TEST(NistCurves, ProductAtInfinityIsRefused) {
  ByteString share = share_of(Group::P256, scalar_of(Group::P256, 8));
  EXPECT_EQ(secret_of(Group::P256, ByteString(32), share), "refused");
  // The group's order.
  ByteString order = from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  EXPECT_EQ(secret_of(Group::P256, order, share), "refused");
  // The order's two neighbours give the peer's own x-coordinate.
  for (int step : {-1, 1}) {
    ByteString neighbour = order;
    neighbour.back() = static_cast<std::uint8_t>(neighbour.back() + step);
    EXPECT_EQ(secret_of(Group::P256, neighbour, share), to_hex(share).substr(2, 64));
  }
}

}  // namespace
}  // namespace healthcheck::tls

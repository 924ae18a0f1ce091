// Tests the primitives with the vectors of NIST's validation programme (CAVP) and of the RFCs, in the files
// of Debian's package python3-cryptography-vectors.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>

#include "healthcheck/protocol/tls/crypto/aes_gcm.hpp"
#include "healthcheck/protocol/tls/crypto/hmac.hpp"
#include "healthcheck/protocol/tls/crypto/key_exchange.hpp"
#include "tests/unit/healthcheck/protocol/tls/hex.hpp"

namespace healthcheck::tls {
namespace {

using Fields = std::map<std::string, std::string>;

// Hands out the fields "NAME = VALUE" of each vector, which ends with an empty line. A heading in brackets,
// "[NAME = VALUE]" or "[NAME]", holds for all vectors after it. Returns the number of vectors that were
// checked.
template <class Check>
int for_each_vector(const std::string& path, Check check) {
  std::ifstream file{std::string{VECTORS "/"} + path};
  EXPECT_TRUE(file.is_open()) << path;
  Fields headings, fields;
  int checked = 0;
  for (std::string line; file.good();) {
    std::getline(file, line);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.empty() && !fields.empty()) {
      SCOPED_TRACE(path + ", " + fields.begin()->first + " " + fields.begin()->second);
      fields.insert(headings.begin(), headings.end());
      checked += check(fields) ? 1 : 0;
      fields.clear();
    }
    if (line.empty() || line[0] == '#') continue;
    bool heading = line[0] == '[';
    if (heading) line = line.substr(1, line.find(']') - 1);
    std::size_t equals = line.find(" =");
    if (heading && equals == line.npos) headings["section"] = line;
    std::string value = equals == line.npos ? "" : line.substr(std::min(equals + 3, line.size()));
    (heading ? headings : fields)[line.substr(0, equals)] = value;
  }
  return checked;
}

TEST(Vectors, Sha2) {
  for (auto [name, hash] : {std::pair{"SHA256", Hash::Sha256}, std::pair{"SHA384", Hash::Sha384}}) {
    for (const char* kind : {"ShortMsg", "LongMsg"}) {
      int checked = for_each_vector(std::string{"hashes/SHA2/"} + name + kind + ".rsp", [&](Fields& fields) {
        if (!fields.contains("MD")) return false;
        ByteString message = from_hex(fields["Msg"]);
        message.resize(std::stoul(fields["Len"]) / 8);
        Sha2 sha2{hash};
        sha2.update(message);
        EXPECT_EQ(to_hex(sha2.digest().bytes()), fields["MD"]);
        return true;
      });
      EXPECT_GE(checked, 64);
    }
  }
}

TEST(Vectors, Hmac) {
  for (auto [name, hash] : {std::pair{"sha256", Hash::Sha256}, std::pair{"sha384", Hash::Sha384}}) {
    int checked = for_each_vector(std::string{"HMAC/rfc-4231-"} + name + ".txt", [&](Fields& fields) {
      if (!fields.contains("MD")) return false;
      ByteString key = from_hex(fields["Key"]);
      if (key.size() > block_size(hash)) return false;
      EXPECT_EQ(to_hex(hmac({hash, key}, from_hex(fields["Msg"])).bytes()), fields["MD"]);
      return true;
    });
    EXPECT_GE(checked, 4);
  }
}

// Only the combinations that TLS uses: nonces of 96 bits, tags of 128.
bool is_for_tls(Fields& fields) { return fields["IVlen"] == "96" && fields["Taglen"] == "128"; }

TEST(Vectors, GcmEncryption) {
  for (const char* size : {"128", "256"}) {
    int checked =
        for_each_vector(std::string{"ciphers/AES/GCM/gcmEncryptExtIV"} + size + ".rsp", [](Fields& fields) {
          if (!is_for_tls(fields) || !fields.contains("CT")) return false;
          ByteString message = from_hex(fields["PT"]), nonce = from_hex(fields["IV"]);
          message.resize(message.size() + AesGcm::tag_size);
          AesGcm{from_hex(fields["Key"])}.seal(AesGcm::Nonce{nonce}, from_hex(fields["AAD"]), message);
          EXPECT_EQ(to_hex(message), fields["CT"] + fields["Tag"]);
          return true;
        });
    EXPECT_GE(checked, 300);
  }
}

TEST(Vectors, GcmDecryption) {
  for (const char* size : {"128", "256"}) {
    int refused = 0;
    int checked =
        for_each_vector(std::string{"ciphers/AES/GCM/gcmDecrypt"} + size + ".rsp", [&](Fields& fields) {
          if (!is_for_tls(fields) || !fields.contains("CT")) return false;
          ByteString message = from_hex(fields["CT"] + fields["Tag"]), nonce = from_hex(fields["IV"]);
          bool opened =
              AesGcm{from_hex(fields["Key"])}.open(AesGcm::Nonce{nonce}, from_hex(fields["AAD"]), message);
          EXPECT_EQ(opened, !fields.contains("FAIL"));
          message.resize(message.size() - AesGcm::tag_size);
          if (opened) {
            EXPECT_EQ(to_hex(message), fields["PT"]);
          }
          refused += opened ? 0 : 1;
          return true;
        });
    EXPECT_GE(checked, 300);
    EXPECT_GE(refused, 100);
  }
}

// The peer's point may be no point, or the secret may be another one; the files say which.
TEST(Vectors, NistKeyAgreement) {
  int checked = 0, refused = 0;
  for (const char* role : {"init", "resp"}) {
    std::string path =
        std::string{"asymmetric/ECDH/KASValidityTest_ECCStaticUnified_NOKC_ZZOnly_"} + role + ".fax";
    checked += for_each_vector(path, [&](Fields& fields) {
      bool p256 = fields["section"].starts_with("EC -"), p384 = fields["section"].starts_with("ED -");
      if ((!p256 && !p384) || !fields.contains("QsCAVSx")) return false;
      Group group = p256 ? Group::P256 : Group::P384;
      ByteString secret(secret_size(group));
      bool agreed = agree(group, from_hex(fields["dsIUT"]),
                          from_hex("04" + fields["QsCAVSx"] + fields["QsCAVSy"]), secret);
      std::string result = fields["Result"];
      // The peer's key is at fault in results 1 and 2. In 5 to 8 the file's secret does not belong to the
      // keys.
      EXPECT_EQ(agreed, !result.starts_with("F (1") && !result.starts_with("F (2")) << result;
      EXPECT_EQ(agreed && to_hex(secret) == fields["Z"], result.starts_with("P")) << result;
      refused += agreed ? 0 : 1;
      return true;
    });
  }
  EXPECT_GE(checked, 100);
  EXPECT_GE(refused, 10);
}

TEST(Vectors, X25519) {
  int checked = for_each_vector("asymmetric/X25519/rfc7748.txt", [](Fields& fields) {
    if (!fields.contains("INPUT_U")) return false;
    ByteString secret(32);
    EXPECT_TRUE(agree(Group::X25519, from_hex(fields["INPUT_SCALAR"]), from_hex(fields["INPUT_U"]), secret));
    EXPECT_EQ(to_hex(secret), fields["OUTPUT_U"]);
    return true;
  });
  EXPECT_GE(checked, 3);
}

// RFC 7748 §5.2: the result becomes the scalar, and the scalar becomes the share.
TEST(Vectors, X25519AfterAThousandIterations) {
  ByteString scalar(32), share(32), result(32);
  scalar[0] = share[0] = 9;
  for (int iteration = 0; iteration < 1000; ++iteration) {
    ASSERT_TRUE(agree(Group::X25519, scalar, share, result));
    share = scalar;
    scalar = result;
  }
  EXPECT_EQ(to_hex(scalar), "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
}

}  // namespace
}  // namespace healthcheck::tls
